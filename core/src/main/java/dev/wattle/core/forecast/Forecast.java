/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.forecast;

import java.util.List;
import java.util.Optional;

/**
 * Where a training is heading.
 *
 * @param training its number
 * @param plannedEpochs how many epochs it is to have, 0 where nothing says
 * @param projection what it will have cost; empty where nothing is planned, and once it is done
 * @param checks the projections that were remembered on the way
 */
public record Forecast(
        int training, int plannedEpochs, Optional<Projection> projection, List<ProjectionCheck> checks) {}
