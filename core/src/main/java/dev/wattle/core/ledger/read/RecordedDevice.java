/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.read;

/**
 * A device of a recorded run. Words that a later version may add are kept as they are. Immutable.
 *
 * @param device its name in the run: {@code package-0}, {@code gpu-3}
 * @param component {@code cpu}, {@code dram} or {@code gpu}
 * @param name the product's name; may be empty
 * @param uuid the hardware's own identity; empty if it has none
 * @param quality {@code counter}, {@code integrated} or {@code modelled}
 * @param scope {@code machine} or {@code container}
 * @param microjoules its energy by the end of the run, or {@link #UNKNOWN}: only a summary has it for each source of a device
 */
public record RecordedDevice(
        String device, String component, String name, String uuid, String quality, String scope, long microjoules) {

    /** The energy where the journal does not have it. */
    public static final long UNKNOWN = -1;
}
