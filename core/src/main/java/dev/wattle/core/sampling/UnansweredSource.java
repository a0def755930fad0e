/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import java.util.List;
import java.util.Locale;

/**
 * A source that does not answer.
 *
 * @param source its name, such as {@code nvml}
 * @param nanos for how long, in nanoseconds
 * @param devices the devices that are not read meanwhile; none while the source is being searched
 * @param remedy the fix, as a sentence; empty if none is known
 */
public record UnansweredSource(String source, long nanos, List<String> devices, String remedy) {
    private static final long WHOLE_SECONDS_NANOS = 10_000_000_000L;

    public UnansweredSource {
        devices = List.copyOf(devices);
    }

    /** A sentence for a person, without its full stop. */
    public String text() {
        String time =
                String.format((Locale) null, nanos < WHOLE_SECONDS_NANOS ? " for %.1f s" : " for %.0f s", nanos / 1e9);
        return devices.isEmpty()
                ? source + " has not answered" + time + " and is waited for; nothing of it is metered yet"
                : source + " has not answered" + time + "; the energy of " + String.join(", ", devices)
                        + " is not known meanwhile";
    }
}
