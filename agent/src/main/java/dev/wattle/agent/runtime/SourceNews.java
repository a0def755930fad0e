/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.core.sampling.UnansweredSource;
import dev.wattle.probes.SourceSearch;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Says what is metered and what cannot be: once for the sources that answer soon, and later for each that answers late.
 * Thread-safe.
 */
final class SourceNews {

    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(700);
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final SourceSearch search;
    private final EnergyMeter meter;
    private final Consumer<String> log;
    private final Set<String> said = new HashSet<>();
    private boolean begun;

    SourceNews(SourceSearch search, EnergyMeter meter, Consumer<String> log) {
        this.search = search;
        this.meter = meter;
        this.log = log;
        search.whenAnswered(this::sayNotes);
        meter.whenJoinedTogether(this::joined);
    }

    /** Waits a little for the sources and says what cannot be metered; returns what is. From here on the rest is late. */
    String begin() {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!meter.isSettled() && !meter.isClosed() && deadline - System.nanoTime() > 0) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            // A thread that stays interrupted does not park. Whoever interrupts all threads he finds means others.
            Thread.interrupted();
        }
        List<String> waitedFor = meter.isSettled() ? List.of() : search.unanswered();
        List<DomainMeter> domains;
        synchronized (this) {
            begun = true;
            domains = meter.domains();
        }
        sayNotes();
        if (waitedFor.isEmpty()) {
            return MeteringText.domains(domains);
        }
        return (domains.isEmpty() ? "nothing yet" : MeteringText.domains(domains)) + "; " + String.join(", ", waitedFor)
                + (waitedFor.size() > 1 ? " have" : " has") + " not answered yet";
    }

    private synchronized void joined(List<DomainMeter> domains) {
        if (begun) {
            log.accept("metering " + MeteringText.domains(domains) + " from here on");
        }
    }

    private synchronized void sayNotes() {
        if (begun) {
            search.discovery().notes().stream().filter(said::add).forEach(log);
        }
    }

    /** What a source is to blame for that does not answer, a sentence each. */
    static List<String> silent(List<UnansweredSource> unanswered) {
        return unanswered.stream()
                .map(source -> source.text() + "." + (source.remedy().isEmpty() ? "" : " " + source.remedy()))
                .toList();
    }
}
