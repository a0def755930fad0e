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
 * Looks after the sources while metering goes on: asks those that share the sampling thread whether they are to be read,
 * and says when one of the others does not answer, and when it does again. For the sampling thread.
 */
final class SourceMonitor implements Sampler.Chores {

    private static final long PERIOD_NANOS = 1_000_000_000L;
    private static final long PERIOD_WHILE_LOOKING_NANOS = 20_000_000L;

    /** Whoever fails every minute is known by then. */
    private static final int MOST_LINES = 10;

    private final List<EnergySource> lookedFor;
    private final List<Watched> watched;
    private final Consumer<EnergyProbe> join;
    private final Consumer<String> log;
    private volatile boolean settled;
    private long doneNanos;

    /**
     * @param plain sources that cannot block
     * @param threads those of the others
     * @param join has a probe of a plain source read from now on
     */
    SourceMonitor(
            List<EnergySource> plain,
            List<SourceThread> threads,
            Consumer<EnergyProbe> join,
            long nowNanos,
            Consumer<String> log) {
        this.lookedFor = new ArrayList<>(plain);
        this.watched = threads.stream().map(Watched::new).toList();
        this.join = join;
        this.log = log;
        this.doneNanos = nowNanos - PERIOD_NANOS;
        this.settled = plain.isEmpty();
    }

    /** Whether it is known of each plain source whether it is read; by any thread. */
    boolean isSettled() {
        return settled;
    }

    @Override
    public long due(long nowNanos) {
        return doneNanos + (lookedFor.isEmpty() ? PERIOD_NANOS : PERIOD_WHILE_LOOKING_NANOS);
    }

    @Override
    public void run(long nowNanos) {
        doneNanos = nowNanos;
        look(false);
        for (int i = 0; i < watched.size(); i++) {
            say(watched.get(i), nowNanos);
        }
    }

    @Override
    public void last() {
        look(true);
    }

    private void look(boolean last) {
        if (!lookedFor.isEmpty()) {
            lookedFor.removeIf(source -> isDone(source, last));
            settled = lookedFor.isEmpty();
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

    private void say(Watched source, long nowNanos) {
        long busy = source.thread.busyNanos(nowNanos);
        if (source.said && busy < source.longestNanos) {
            source.said = false;
            line(
                    source,
                    source.thread.name() + " answers again, after some " + source.longestNanos / PERIOD_NANOS + " s");
        }
        source.longestNanos = source.said ? busy : 0;
        if (!source.said) {
            Optional<UnansweredSource> unanswered = source.thread.unanswered(nowNanos);
            unanswered.ifPresent(silent -> {
                source.said = true;
                source.longestNanos = silent.nanos();
                line(source, silent.text() + "." + (silent.remedy().isEmpty() ? "" : " " + silent.remedy()));
            });
        }
    }

    private void line(Watched source, String text) {
        if (source.lines < MOST_LINES) {
            source.lines++;
            log.accept(text);
        }
    }

    private static final class Watched {
        final SourceThread thread;
        boolean said;
        long longestNanos;
        int lines;

        Watched(SourceThread thread) {
            this.thread = thread;
        }
    }
}
