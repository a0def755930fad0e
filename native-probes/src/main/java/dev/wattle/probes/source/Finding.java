/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.source;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a look for one source came to, for a person.
 *
 * @param kind which kind of source
 * @param place where it was looked for: a directory, a library, a device
 * @param state what came of it
 * @param what the reason or a remark in whole sentences; empty where there is nothing to say
 * @param remedies what helps, most likely first
 * @param missing the devices it is about, by label, where they are known and this source cannot meter them
 */
public record Finding(
        ProbeKind kind, String place, SourceState state, String what, List<Fix> remedies, List<String> missing) {
    private static final int LONGEST_BRIEF = 200;

    public Finding {
        remedies = List.copyOf(remedies);
        missing = List.copyOf(missing);
    }

    /** A finding that is about no device in particular. */
    public Finding(ProbeKind kind, String place, SourceState state, String what, List<Fix> remedies) {
        this(kind, place, state, what, remedies, List.of());
    }

    /** All of the source is metered and there is nothing more to say. */
    public static Finding metered(ProbeKind kind, String place) {
        return new Finding(kind, place, SourceState.METERED, "", List.of());
    }

    /** The source is not there, and nobody could expect it to be. */
    public static Finding absent(ProbeKind kind, String place, String what) {
        return new Finding(kind, place, SourceState.ABSENT, what, List.of());
    }

    /**
     * The same finding where another source meters the same counters: what that one has is no longer missing.
     *
     * @param sockets what the other source meters, as {@link ProcessorPart#socketOf} names it; not empty
     */
    public Finding besides(Set<String> sockets) {
        if (state != SourceState.REFUSED && state != SourceState.PARTLY) {
            return this;
        }
        List<String> left = missing.stream()
                .filter(device -> !sockets.contains(ProcessorPart.socketOf(device)))
                .toList();
        SourceState now = left.isEmpty() ? SourceState.UNNEEDED : SourceState.PARTLY;
        return new Finding(kind, place, now, what, remedies, left);
    }

    /** Whether something is wrong or could be better; a machine without a GPU needs no word about it. */
    public boolean isProblem() {
        return switch (state) {
            case REFUSED, PARTLY -> true;
            case METERED, UNNEEDED -> false;
            case ABSENT -> !remedies.isEmpty();
        };
    }

    /** The remark, and before it which energy is missing from the totals where that is not all of the source's. */
    public String text() {
        return state == SourceState.PARTLY && !missing.isEmpty()
                ? "The energy of " + String.join(", ", missing) + " is missing from every total. " + what
                : what;
    }

    /** The text and the remedies in one paragraph; no full stop clings to the last command. */
    public String note() {
        return remedies.isEmpty()
                ? text()
                : text() + " To fix that, "
                        + remedies.stream()
                                .map(remedy -> remedy.when() + ": " + String.join("; ", remedy.commands()))
                                .collect(Collectors.joining("; "));
    }

    /** The note for the start and the end of a run; where that would be long, the text and the command that prints the rest. */
    public String brief() {
        String note = note();
        return note.length() <= LONGEST_BRIEF ? note : text() + " What helps: java -jar wattle-agent.jar doctor";
    }
}
