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
 * Finds all the probes for a machine before any is read: counters first, the model only where no processor counter can be
 * read. For who has the time; a {@link SourceSearch} finds them while others are metered.
 */
public final class Probes {
    private static final long PATIENCE_SECONDS = 10;
    private static final long LOOK_AGAIN_NANOS = 5_000_000;

    private Probes() {}

    /**
     * Looks at the hardware for the kinds wanted; takes milliseconds, and ten seconds at the most. A source that has not
     * answered by then is a finding, and its thread is left behind. Nothing here throws.
     *
     * @return with probes that are owned by the caller
     */
    public static Discovery discover(Hardware hardware, Set<ProbeKind> kinds) {
        SourceSearch search = SourceSearch.begin(hardware, kinds, List.of());
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
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
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
