/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.source;

import java.util.List;

/**
 * What a look for one source came to, for a person.
 *
 * @param kind which kind of source
 * @param place where it was looked for: a directory, a library, a device
 * @param state what came of it
 * @param what the reason or a remark in whole sentences; empty where there is nothing to say
 * @param remedies what helps, most likely first
 */
public record Finding(ProbeKind kind, String place, SourceState state, String what, List<Remedy> remedies) {
    public Finding {
        remedies = List.copyOf(remedies);
    }

    /** All of the source is metered and there is nothing more to say. */
    public static Finding metered(ProbeKind kind, String place) {
        return new Finding(kind, place, SourceState.METERED, "", List.of());
    }

    /** The source is not there, and nobody could expect it to be. */
    public static Finding absent(ProbeKind kind, String place, String what) {
        return new Finding(kind, place, SourceState.ABSENT, what, List.of());
    }

    /** The remark and the remedies in one paragraph, for the end of a run. */
    public String note() {
        StringBuilder text = new StringBuilder(what);
        String separator = " To mend that, ";
        for (Remedy remedy : remedies) {
            text.append(separator).append(remedy.when()).append(": ").append(String.join("; ", remedy.commands()));
            separator = "; ";
        }
        return remedies.isEmpty() ? text.toString() : text.append('.').toString();
    }
}
