/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.model;

/**
 * The model that replaces a measurement, for the user to judge.
 *
 * @param model what the model is, in words
 * @param processor the processors' product name, empty if unknown
 * @param cpus logical processors it is applied to; a fraction for a container with a quota
 * @param idleWatts processor watts at no load
 * @param fullWatts processor watts at full load
 * @param memoryWatts watts of separately modelled memory; 0 if the processor figures include memory or its size is
 *     unknown
 * @param source the publisher of the figures, and the year
 * @param error the published error of such models, with its source
 */
public record ModelDescription(
        String model,
        String processor,
        double cpus,
        double idleWatts,
        double fullWatts,
        double memoryWatts,
        String source,
        String error) {}
