/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import java.util.List;

/**
 * A source of energy that does not answer now.
 *
 * @param source its name, such as {@code nvml}
 * @param nanos for how long, in nanoseconds
 * @param devices the devices that are not read meanwhile; none while the source is still looked for
 * @param remedy what helps, as a sentence; empty where nothing is known to
 */
public record Unanswered(String source, long nanos, List<String> devices, String remedy) {
    public Unanswered {
        devices = List.copyOf(devices);
    }

    /** What has happened, as a sentence without its full stop. */
    public String text() {
        String time = " for " + nanos / 1_000_000_000 + " s";
        return devices.isEmpty()
                ? source + " has not answered" + time + " and is waited for; nothing of it is metered yet"
                : source + " has not answered" + time + "; the energy of " + String.join(", ", devices)
                        + " is not known meanwhile";
    }
}
