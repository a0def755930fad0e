/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.model;

/**
 * What stands in for a measurement, for people to judge it.
 *
 * @param model what the model is, in words
 * @param processor the processors' product name, empty where unknown
 * @param cpus logical processors it is applied to; a fraction where a container was given one
 * @param idleWatts processor watts at no load
 * @param fullWatts processor watts at full load
 * @param memoryWatts watts of memory modelled apart; 0 where the processor figures hold the memory or its size is
 *     unknown
 * @param source who published the figures, and when
 * @param error the published error of such models, and who found it
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
