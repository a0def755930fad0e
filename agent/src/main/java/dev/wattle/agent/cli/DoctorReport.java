/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli;

import dev.wattle.probes.source.Finding;
import dev.wattle.probes.source.Fix;
import dev.wattle.probes.source.ProbeKind;
import dev.wattle.probes.source.SourceState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the doctor found. {@link DoctorText} and {@link DoctorJson} write it.
 *
 * @param wattle the version
 * @param asked the kinds of source that were searched
 * @param findings the results of the search
 * @param remarks what belongs to no single source
 * @param readings a live reading of every domain, in the order of the probes
 * @param modelError the published error of the model; empty if nothing is modelled
 */
record DoctorReport(
        String wattle,
        Instant date,
        Environment environment,
        Set<ProbeKind> asked,
        List<Finding> findings,
        List<String> remarks,
        List<LiveReading> readings,
        Optional<String> modelError) {

    DoctorStatus status() {
        return DoctorStatus.on(readings);
    }

    /** The findings of a kind; those in use, wholly or partly, come first. */
    List<Finding> findings(ProbeKind kind) {
        return findings.stream()
                .filter(finding -> finding.kind() == kind)
                .sorted(Comparator.comparing(finding -> !isInUse(finding)))
                .toList();
    }

    static boolean isInUse(Finding finding) {
        return finding.state() == SourceState.METERED || finding.state() == SourceState.PARTLY;
    }

    List<LiveReading> readings(ProbeKind kind) {
        return readings.stream()
                .filter(reading -> reading.probe().equals(kind.word()))
                .toList();
    }

    /** What is wrong or can be improved: first the findings that are problems, kind by kind. */
    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        for (ProbeKind kind : ProbeKind.values()) {
            findings(kind).stream()
                    .filter(Finding::isProblem)
                    .map(finding -> new Problem(kind.word() + ": " + finding.text(), finding.remedies()))
                    .forEach(problems::add);
        }
        for (LiveReading reading : readings) {
            String device = reading.domain().device();
            if (!reading.answered()) {
                problems.add(new Problem(device + " was found and never answered.", List.of()));
            } else if (reading.stoodStill()) {
                problems.add(new Problem("The counter of " + device + " stood still for a second.", List.of()));
            }
        }
        remarks.forEach(remark -> problems.add(new Problem(remark, List.of())));
        return problems;
    }

    /** What is wrong, in whole sentences, and how to fix it, the most likely first. */
    record Problem(String what, List<Fix> remedies) {}
}
