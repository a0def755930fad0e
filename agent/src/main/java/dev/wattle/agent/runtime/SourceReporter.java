/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.report.summary.SummaryNotes;
import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.core.sampling.UnansweredSource;
import dev.wattle.probes.Discovery;
import dev.wattle.probes.SourceSearch;
import dev.wattle.probes.model.ModelDescription;
import dev.wattle.probes.source.Finding;
import dev.wattle.probes.source.SourceState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Reports which devices are metered and what cannot be: once for the sources that answer soon, and then for each that
 * answers late. Thread-safe.
 */
final class SourceReporter {
    private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(700);
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final SourceSearch search;
    private final EnergyMeter meter;
    private final Consumer<String> log;
    private final Set<String> reported = new HashSet<>();
    private boolean started;

    SourceReporter(SourceSearch search, EnergyMeter meter, Consumer<String> log) {
        this.search = search;
        this.meter = meter;
        this.log = log;
        search.whenAnswered(this::reportNotes);
        meter.whenJoinedTogether(this::joined);
    }

    /**
     * Waits up to 0.7 s for the sources, and reports what cannot be metered. Sources that answer after this call are
     * reported as late.
     *
     * @return the devices that are metered and the sources that have not answered, for a message
     */
    String awaitSources() {
        long deadline = System.nanoTime() + WAIT_NANOS;
        while (!meter.isSettled() && !meter.isClosed() && deadline - System.nanoTime() > 0) {
            LockSupport.parkNanos(STEP_NANOS);
            // A thread that stays interrupted does not park, and an interrupt of all threads is meant for others.
            Thread.interrupted();
        }
        List<String> unanswered = meter.isSettled() ? List.of() : search.unanswered();
        List<DomainMeter> domains;
        synchronized (this) {
            started = true;
            domains = meter.domains();
        }
        reportNotes();
        if (unanswered.isEmpty()) {
            return describe(domains);
        }
        return (domains.isEmpty() ? "nothing yet" : describe(domains)) + "; " + String.join(", ", unanswered)
                + (unanswered.size() > 1 ? " have" : " has") + " not answered yet";
    }

    private synchronized void joined(List<DomainMeter> domains) {
        if (started) {
            log.accept("metering " + describe(domains) + " from here on");
        }
    }

    private synchronized void reportNotes() {
        if (started) {
            search.discovery().notes().stream().filter(reported::add).forEach(log);
        }
    }

    /**
     * What the reader of a summary must know together with the run's figures.
     *
     * @param unmetered what of the frameworks is not metered, and why, a sentence each
     */
    SummaryNotes notes(List<UnansweredSource> unanswered, List<String> unmetered, String journal) {
        Discovery discovery = search.discovery();
        List<String> problems = new ArrayList<>();
        for (UnansweredSource source : unanswered) {
            problems.add(source.text() + "." + (source.remedy().isEmpty() ? "" : " " + source.remedy()));
        }
        List<String> absent = new ArrayList<>();
        Set<String> kinds = new TreeSet<>();
        for (Finding finding : discovery.findings()) {
            if (finding.isProblem() && finding.state() != SourceState.PARTLY) {
                absent.add(finding.brief());
                kinds.add(finding.kind().name().toLowerCase(Locale.ROOT));
            } else if (finding.isWorthANote()) {
                problems.add(finding.brief());
            }
        }
        problems.addAll(discovery.remarks());
        problems.addAll(unmetered);
        return new SummaryNotes(
                discovery.model().map(SourceReporter::shortError),
                discovery.model().map(SourceReporter::describe),
                problems,
                absent,
                kinds.isEmpty()
                        ? Optional.empty()
                        : Optional.of(String.join(", ", kinds) + " not available: java -jar wattle-agent.jar doctor"),
                journal);
    }

    /** The error without its sources, which follow in parentheses. */
    private static String shortError(ModelDescription model) {
        return model.error().split(" \\(", 2)[0];
    }

    /** The devices, grouped by the quality of their energy. */
    private static String describe(List<DomainMeter> domains) {
        if (domains.isEmpty()) {
            return "nothing: no source of energy can be read here";
        }
        Map<Quality, List<String>> devices = new TreeMap<>();
        for (DomainMeter domain : domains) {
            devices.computeIfAbsent(domain.domain().quality(), quality -> new ArrayList<>())
                    .add(domain.domain().device());
        }
        List<String> groups = new ArrayList<>();
        devices.forEach((quality, names) -> groups.add(String.join(", ", names) + " (" + quality.tag() + ")"));
        return String.join(", ", groups);
    }

    /** The model, with its error. */
    private static String describe(ModelDescription model) {
        return String.format(
                (Locale) null,
                "modelled, error %s: %s, %.2f W idle to %.2f W at full load of %s processors%s; %s",
                model.error(),
                model.model(),
                model.idleWatts(),
                model.fullWatts(),
                model.cpus() == Math.rint(model.cpus()) ? "" + (long) model.cpus() : "" + model.cpus(),
                model.memoryWatts() == 0 ? "" : String.format((Locale) null, ", memory %.2f W", model.memoryWatts()),
                model.source());
    }
}
