/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.detail;

/**
 * What a training was projected to use, and what it used. Immutable; NaN where a figure is unknown.
 *
 * @param percent how much of the planned epochs was done then
 * @param epochsDone the same in epochs
 * @param plannedEpochs how many were planned
 * @param expectedMicrojoules the projection
 * @param lowMicrojoules the lower end of its range
 * @param highMicrojoules the upper end
 * @param actualMicrojoules what the planned epochs used
 * @param energyError the relative error, positive where too much was projected
 */
public record ProjectionDetail(
        int percent,
        int epochsDone,
        int plannedEpochs,
        double expectedMicrojoules,
        double lowMicrojoules,
        double highMicrojoules,
        double actualMicrojoules,
        double energyError) {}
