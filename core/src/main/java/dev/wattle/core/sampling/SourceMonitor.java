/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.EnergySource;
import dev.wattle.core.probe.EnergySource.Look;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Watches the sources between the readings: searches those that share the sampling thread, and reports when a source with a
 * thread of its own does not answer, and when it answers again. For the sampling thread.
 */
final class SourceMonitor implements Sampler.IdleTask {

    private static final long PERIOD_NANOS = 1_000_000_000L;
    private static final long SEARCH_PERIOD_NANOS = 20_000_000L;

    /** The lines about one source in a run: a source that fails every minute has been reported often enough. */
    private static final int MAX_LINES = 10;

    private final List<EnergySource> searched;
    private final List<WatchedSource> watched;
    private final Consumer<EnergyProbe> join;
    private final Consumer<String> log;
    private volatile boolean settled;
    private long doneNanos;

    /**
     * @param plain sources that cannot block
     * @param threads those of the other sources
     * @param join makes the probe of a plain source be read from now on
     */
    SourceMonitor(
            List<EnergySource> plain,
            List<SourceThread> threads,
            Consumer<EnergyProbe> join,
            long nowNanos,
            Consumer<String> log) {
        this.searched = new ArrayList<>(plain);
        this.watched = threads.stream().map(WatchedSource::new).toList();
        this.join = join;
        this.log = log;
        this.doneNanos = nowNanos - PERIOD_NANOS;
        this.settled = plain.isEmpty();
    }

    /** Whether the search of every plain source has ended; for any thread. */
    boolean isSettled() {
        return settled;
    }

    @Override
    public long dueNanos(long nowNanos) {
        return doneNanos + (searched.isEmpty() ? PERIOD_NANOS : SEARCH_PERIOD_NANOS);
    }

    @Override
    public void run(long nowNanos) {
        doneNanos = nowNanos;
        search(false);
        for (int i = 0; i < watched.size(); i++) {
            report(watched.get(i), nowNanos);
        }
    }

    @Override
    public void finish() {
        search(true);
    }

    private void search(boolean last) {
        if (!searched.isEmpty()) {
            searched.removeIf(source -> isDone(source, last));
            settled = searched.isEmpty();
        }
    }

    private boolean isDone(EnergySource source, boolean last) {
        try {
            Look look = source.look(last);
            look.probe().ifPresent(join);
            return look.isDone();
        } catch (Throwable e) {
            log.accept("the source " + source.name() + " cannot be used: " + e);
            return true;
        }
    }

    private void report(WatchedSource source, long nowNanos) {
        long busy = source.thread.busyNanos(nowNanos);
        if (source.reported && busy < source.longestNanos) {
            source.reported = false;
            log(
                    source,
                    source.thread.name() + " answers again, after some " + source.longestNanos / PERIOD_NANOS + " s");
        }
        source.longestNanos = source.reported ? busy : 0;
        if (!source.reported) {
            Optional<UnansweredSource> unanswered = source.thread.unanswered(nowNanos);
            unanswered.ifPresent(silent -> {
                source.reported = true;
                source.longestNanos = silent.nanos();
                log(source, silent.text() + "." + (silent.remedy().isEmpty() ? "" : " " + silent.remedy()));
            });
        }
    }

    private void log(WatchedSource source, String line) {
        if (source.lines < MAX_LINES) {
            source.lines++;
            log.accept(line);
        }
    }

    private static final class WatchedSource {
        final SourceThread thread;
        boolean reported;
        long longestNanos;
        int lines;

        WatchedSource(SourceThread thread) {
            this.thread = thread;
        }
    }
}
