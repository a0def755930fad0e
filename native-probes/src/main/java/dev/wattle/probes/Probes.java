/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes;

import dev.wattle.core.probe.EnergySource;
import dev.wattle.probes.source.Finding;
import dev.wattle.probes.source.ProbeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Finds all probes of a machine and waits for them. {@link SourceSearch} finds them while others are already metered.
 */
public final class Probes {
    private static final long PATIENCE_SECONDS = 10;
    private static final long RETRY_NANOS = 5_000_000;

    private Probes() {}

    /**
     * Searches the wanted sources. Takes milliseconds, and ten seconds at most. A source that has not answered by then
     * becomes a finding, and its thread is abandoned. Does not throw.
     *
     * @return the result; the caller closes its probes
     */
    public static Discovery discover(Hardware hardware, Set<ProbeKind> kinds) {
        SourceSearch search = SourceSearch.start(hardware, kinds, List.of());
        List<Thread> threads = new ArrayList<>();
        for (EnergySource source : search.sources()) {
            Thread thread = new Thread(null, () -> look(source), "wattle-source-" + source.name(), 0, false);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        for (Thread thread : threads) {
            join(thread, deadline);
        }
        List<Finding> unanswered = new ArrayList<>();
        for (ProbeKind kind : ProbeKind.values()) {
            if (search.isUnanswered(kind)) {
                unanswered.add(search.unanswered(kind, PATIENCE_SECONDS));
            }
        }
        return search.discovery().with(unanswered);
    }

    private static void look(EnergySource source) {
        while (!source.look(false).isDone()) {
            LockSupport.parkNanos(RETRY_NANOS);
        }
    }

    private static void join(Thread thread, long deadlineNanos) {
        try {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
