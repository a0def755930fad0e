/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.detail;

/**
 * A device of a run, with what the journal's last line says of it. Immutable.
 *
 * @param device such as {@code gpu-0}
 * @param component {@code cpu}, {@code dram} or {@code gpu}
 * @param name the hardware's name
 * @param quality how its energy was determined
 * @param source where its energy was read, a sentence
 * @param scope {@code machine} or {@code container}
 * @param microjoules its energy
 * @param averageMicrowatts mean power while it was read; 0 where that is unknown
 * @param peakMicrowatts highest power; 0 where that is unknown
 * @param gaps how often it had no valid reading for some time
 * @param gapSeconds how long that was in all
 * @param suspectReason why its counter was replaced; empty where it was not
 */
public record DeviceDetail(
        String device,
        String component,
        String name,
        String quality,
        String source,
        String scope,
        long microjoules,
        long averageMicrowatts,
        long peakMicrowatts,
        long gaps,
        double gapSeconds,
        String suspectReason) {}
