/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.source;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The result of searching one source, in words for the user.
 *
 * @param kind the kind of source
 * @param place where it was searched: a directory, a library, a device
 * @param state the result
 * @param what the reason or a remark, in whole sentences; may be empty
 * @param remedies how to fix it, the most likely first
 * @param missing the labels of the devices that this source cannot meter, if known
 */
public record Finding(
        ProbeKind kind, String place, SourceState state, String what, List<Fix> remedies, List<String> missing) {
    private static final String DOCTOR = "java -jar wattle-agent.jar doctor";

    private static final int MAX_BRIEF_CHARACTERS = 200;

    public Finding {
        remedies = List.copyOf(remedies);
        missing = List.copyOf(missing);
    }

    /** A finding that names no missing devices. */
    public Finding(ProbeKind kind, String place, SourceState state, String what, List<Fix> remedies) {
        this(kind, place, state, what, remedies, List.of());
    }

    /** The whole source is metered, without a remark. */
    public static Finding metered(ProbeKind kind, String place) {
        return new Finding(kind, place, SourceState.METERED, "", List.of());
    }

    /** The source does not exist here, and does not have to. */
    public static Finding absent(ProbeKind kind, String place, String what) {
        return new Finding(kind, place, SourceState.ABSENT, what, List.of());
    }

    /**
     * The same finding, if another source meters some of the same counters: these are no longer missing.
     *
     * @param sockets the sockets that the other source meters, as {@link ProcessorPart#socketOf} names them; not empty
     */
    public Finding besides(Set<String> sockets) {
        if (state != SourceState.REFUSED && state != SourceState.PARTLY) {
            return this;
        }
        List<String> remaining = missing.stream()
                .filter(device -> !sockets.contains(ProcessorPart.socketOf(device)))
                .toList();
        SourceState now = remaining.isEmpty() ? SourceState.UNNEEDED : SourceState.PARTLY;
        return new Finding(kind, place, now, what, remedies, remaining);
    }

    /** Whether something is wrong or can be improved. A machine without a GPU, for example, has no problem. */
    public boolean isProblem() {
        return switch (state) {
            case REFUSED, PARTLY -> true;
            case METERED, UNNEEDED -> false;
            case ABSENT -> !remedies.isEmpty();
        };
    }

    /** Whether the user of a run should know of it: a problem, or a remark on what is metered. */
    public boolean isWorthANote() {
        return isProblem() || state == SourceState.METERED && !what.isEmpty();
    }

    /** The remark; if only a part of the source is missing from the totals, that part comes first. */
    public String text() {
        return state == SourceState.PARTLY && !missing.isEmpty()
                ? "The energy of " + String.join(", ", missing) + " is missing from every total. " + what
                : what;
    }

    /** The text and the fixes in one paragraph, without a full stop after the last command. */
    public String note() {
        return remedies.isEmpty()
                ? text()
                : text() + " To fix that, "
                        + remedies.stream()
                                .map(remedy -> remedy.when() + ": " + String.join("; ", remedy.commands()))
                                .collect(Collectors.joining("; "));
    }

    /** The note for the start and the end of a run; a long one is replaced by the text and the command that prints it. */
    public String brief() {
        String note = note();
        return note.length() <= MAX_BRIEF_CHARACTERS ? note : text().replaceFirst("\\.$", "") + ": " + DOCTOR;
    }
}
