/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import dev.wattle.core.training.Framework;
import java.util.List;

/**
 * Deep Java Library. Trainer.step is the end of a batch for EasyTrain and for hand-written loops alike; listeners run
 * before it, so they would charge the optimiser's work to the next batch (read in 0.35.1).
 */
final class DjlPoints {
    static final List<TrainingPoint> POINTS =
            List.of(new TrainingPoint(Framework.DJL, "ai.djl.training.Trainer", "step", "()V"));

    private DjlPoints() {}
}
