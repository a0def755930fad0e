/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import java.util.List;
import java.util.Locale;

/**
 * A source of energy that does not answer now.
 *
 * @param source its name, such as {@code nvml}
 * @param nanos for how long, in nanoseconds
 * @param devices the devices that are not read meanwhile; none while the source is still looked for
 * @param remedy what helps, as a sentence; empty where nothing is known to
 */
public record UnansweredSource(String source, long nanos, List<String> devices, String remedy) {
    private static final long WHOLE_NANOS = 10_000_000_000L;

    public UnansweredSource {
        devices = List.copyOf(devices);
    }

    /** What has happened, as a sentence without its full stop. */
    public String text() {
        String time = String.format((Locale) null, nanos < WHOLE_NANOS ? " for %.1f s" : " for %.0f s", nanos / 1e9);
        return devices.isEmpty()
                ? source + " has not answered" + time + " and is waited for; nothing of it is metered yet"
                : source + " has not answered" + time + "; the energy of " + String.join(", ", devices)
                        + " is not known meanwhile";
    }
}
