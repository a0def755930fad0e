/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The experiment trackers that get each epoch's figures. Immutable.
 *
 * @param mlflow a run of an MLflow server
 * @param tensorBoard the directory for TensorBoard's event file
 */
public record TrackerConfig(Optional<MlflowConfig> mlflow, Optional<Path> tensorBoard) {

    /** Whether there is any. */
    public boolean isAny() {
        return mlflow.isPresent() || tensorBoard.isPresent();
    }
}
