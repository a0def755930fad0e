/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.forecast;

import java.util.List;
import java.util.Optional;

/**
 * What is expected of a training. Immutable.
 *
 * @param training the training's number
 * @param plannedEpochs the number of epochs it is planned to have, 0 where unknown
 * @param projection what all planned epochs will use; empty where the plan is unknown or the training has ended
 * @param checks the projections kept from earlier, to compare with the actual energy
 */
public record Forecast(
        int training, int plannedEpochs, Optional<Projection> projection, List<ProjectionCheck> checks) {}
