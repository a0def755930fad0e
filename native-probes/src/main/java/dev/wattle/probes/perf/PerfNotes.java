/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.perf;

import dev.wattle.probes.source.Finding;
import dev.wattle.probes.source.Fix;
import dev.wattle.probes.source.ProbeKind;
import dev.wattle.probes.source.SourceState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The findings about perf events: which cannot be used, why, and how to fix it. */
final class PerfNotes {
    private static final List<Fix> PERMISSION = List.of(
            new Fix(
                    "for one run",
                    "sudo setpriv --reuid $(id -u) --regid $(id -g) --init-groups --inh-caps +perfmon --ambient-caps"
                            + " +perfmon java ..."),
            new Fix(
                    "for this Java, for every user that runs it (if it then finds no libjli.so, its lib directory needs a line in"
                            + " /etc/ld.so.conf.d, and ldconfig)",
                    "sudo setcap cap_perfmon=ep $(readlink -f $(command -v java))"),
            new Fix("for everybody until the next boot", "sudo sysctl kernel.perf_event_paranoid=0"),
            new Fix("in a container, as its root user", "docker run --cap-add PERFMON IMAGE"));

    private final Path directory;

    /** @param directory the directory of the unit */
    PerfNotes(Path directory) {
        this.directory = directory;
    }

    Finding absent() {
        return Finding.absent(ProbeKind.PERF, directory.toString(), "The kernel has no perf events that count energy.");
    }

    Finding unneeded() {
        return finding(SourceState.UNNEEDED, "These counters are read already.", List.of(), List.of());
    }

    /** The unit's files have unknown content; reported only if no other counters are metered. */
    Finding unclear(Exception why, boolean needed) {
        return finding(
                needed ? SourceState.REFUSED : SourceState.UNNEEDED,
                "Perf events for energy cannot be understood: " + why + ".",
                List.of(),
                List.of());
    }

    /** No event can be opened, even with permission. */
    Finding unusable(List<PackageCounter> wanted, String why, List<Fix> remedies) {
        return finding(SourceState.REFUSED, why, remedies, labels(wanted));
    }

    /**
     * At most one finding for each outcome.
     *
     * @param unknown the unknown events
     */
    List<Finding> of(
            List<OpenCounter> counting, List<OpenCounter> refused, List<OpenCounter> still, List<String> unknown) {
        SourceState otherwise = counting.isEmpty() ? SourceState.REFUSED : SourceState.PARTLY;
        List<Finding> findings = new ArrayList<>();
        if (!counting.isEmpty()) {
            String unmetered = unknown.isEmpty()
                    ? ""
                    : "Not metered, because it is not known what they hold: " + String.join(", ", unknown) + ".";
            findings.add(finding(SourceState.METERED, unmetered, List.of(), List.of()));
        }
        if (!refused.isEmpty()) {
            OpenCounter first = refused.get(0);
            findings.add(finding(
                    otherwise, "The perf event " + first.trouble() + ".", remedies(first), labelsOfOpen(refused)));
        }
        if (!still.isEmpty()) {
            findings.add(finding(
                    otherwise,
                    "The perf event " + still.get(0).counter().place()
                            + " stands at zero and measures nothing, as in some virtual machines.",
                    List.of(),
                    labelsOfOpen(still)));
        }
        return findings;
    }

    private static List<Fix> remedies(OpenCounter first) {
        if (first.isForbidden()) {
            return PERMISSION;
        }
        return first.isOutOfFiles() ? List.of(Fix.moreOpenFiles()) : List.of();
    }

    private Finding finding(SourceState state, String what, List<Fix> remedies, List<String> missing) {
        return new Finding(ProbeKind.PERF, directory.toString(), state, what, remedies, missing);
    }

    private static List<String> labelsOfOpen(List<OpenCounter> counters) {
        return labels(counters.stream().map(OpenCounter::counter).toList());
    }

    private static List<String> labels(List<PackageCounter> counters) {
        return counters.stream().map(counter -> counter.part().label()).toList();
    }
}
