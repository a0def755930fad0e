/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.source;

import java.util.List;

/**
 * What helps where a source cannot be read.
 *
 * @param when the case it is for and what is done then, as the first words of a sentence: {@code in a container, mount
 *     the host's counters}
 * @param commands what to type or to set, exactly, one after the other
 */
public record Remedy(String when, List<String> commands) {
    public Remedy {
        commands = List.copyOf(commands);
    }

    public Remedy(String when, String... commands) {
        this(when, List.of(commands));
    }
}
