/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.intensity;

import dev.wattle.agent.config.LiveIntensityConfig;
import dev.wattle.agent.http.OutgoingHttp;
import dev.wattle.agent.http.ProxySettings;
import dev.wattle.agent.http.RequestLimits;
import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.IntensityHistory;
import dev.wattle.core.sampling.MeterThreads;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** The thread {@code wattle-intensity}, which asks a service from time to time. Thread-safe. */
final class IntensityThread {
    private static final String NAME = "intensity";
    private static final Duration AFTER_FULL_HEAP = Duration.ofSeconds(10);

    private final LiveIntensity live;
    private final OutgoingHttp http;
    private final Thread thread;
    private volatile boolean closed;

    private IntensityThread(
            LiveIntensityConfig config, CarbonIntensity table, MeterThreads threads, Consumer<String> log) {
        ProxySettings proxies = ProxySettings.of(System.getenv(), log);
        this.http = new OutgoingHttp(threads, NAME, proxies, RequestLimits.SMALL);
        this.live = new LiveIntensity(config, table, http::send, line -> {
            if (!closed) {
                log.accept(line);
            }
        });
        this.thread = threads.create(NAME, this::run);
    }

    /** Starts the thread; empty, with one line, where it cannot be started or this runtime cannot send requests. */
    static Optional<IntensityThread> start(
            LiveIntensityConfig config, CarbonIntensity table, MeterThreads threads, Consumer<String> log) {
        Optional<String> why = OutgoingHttp.unavailable();
        if (why.isEmpty()) {
            try {
                IntensityThread created = new IntensityThread(config, table, threads, log);
                created.thread.start();
                return Optional.of(created);
            } catch (Throwable t) {
                why = Optional.of(t.toString());
            }
        }
        log.accept("no live carbon intensity: " + why.get() + "; CO2e uses the table: " + table.zone());
        return Optional.empty();
    }

    Optional<LiveFigure> figure() {
        return live.figure();
    }

    List<IntensityHistory.Hour> day() {
        return live.day();
    }

    void close() {
        closed = true;
        http.close();
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!closed) {
            Duration pause;
            try {
                Instant now = Instant.now();
                pause = live.ask(now);
                live.askDay(now);
            } catch (Throwable noMemory) {
                pause = AFTER_FULL_HEAP;
            }
            long until = System.nanoTime() + pause.toNanos();
            for (long left = pause.toNanos(); left > 0 && !closed; left = until - System.nanoTime()) {
                LockSupport.parkNanos(this, left);
                // A thread that stays interrupted does not park, and an interrupt of all threads is meant for others.
                Thread.interrupted();
            }
        }
    }
}
