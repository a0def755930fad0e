/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import dev.wattle.core.domain.DeviceOwnership;
import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.energy.CounterPace;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.time.SamplingClock;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads one probe at its own pace. An exception of the probe is a failed reading and affects no other probe. For the thread
 * that reads, except where a method says otherwise.
 */
final class ProbeReader {

    private final EnergyProbe probe;
    private final SamplingClock clock;
    private final Consumer<String> log;
    private final BlockingCall calls;
    private final long counterPeriodNanos;
    private final RateLimit rate;
    private final ProbeDomains domains;
    private final ReadingReceiver receiver;
    private boolean closed;

    ProbeReader(EnergyProbe probe, SamplingClock clock, long periodNanos, Consumer<String> log) {
        this(probe, clock, periodNanos, log, new BlockingCall());
    }

    /** @param calls notes each call of the probe */
    ProbeReader(EnergyProbe probe, SamplingClock clock, long periodNanos, Consumer<String> log, BlockingCall calls) {
        this.probe = probe;
        this.clock = clock;
        this.log = log;
        this.calls = calls;
        this.counterPeriodNanos = CounterPace.nanos(probe.domains());
        this.rate = new RateLimit(probe.minPeriodNanos());
        long ownPeriodNanos = ownPeriodNanos(periodNanos);
        this.domains = new ProbeDomains(probe, clock, maxGapNanos(ownPeriodNanos), log);
        this.receiver = new ReadingReceiver(domains, clock, ownPeriodNanos, calls, log);
    }

    String name() {
        return probe.name();
    }

    /** The meters of the probe's domains, in their order; for any thread. */
    List<DomainMeter> meters() {
        return domains.meters();
    }

    /** How this JVM uses the domains; none if all belong to the machine as a whole. */
    List<DeviceOwnership> ownerships() {
        return domains.ownerships();
    }

    /** How many readings failed; for any thread. */
    long errors() {
        return receiver.errors();
    }

    /** Reports suspect domains and successors to this registry from now on. */
    void reportTo(DomainRegistry registry) {
        domains.reportTo(registry);
    }

    /** How often the probe should be read at any sampling period, so that no counter wraps unseen. */
    long wantedPeriodNanos() {
        return Math.max(counterPeriodNanos, probe.minPeriodNanos());
    }

    /** Sets the sampling period. */
    void period(long nanos) {
        long ownPeriodNanos = ownPeriodNanos(nanos);
        receiver.period(ownPeriodNanos);
        domains.maxGap(maxGapNanos(ownPeriodNanos));
    }

    /** Reads the probe if it is due. */
    void sample() {
        if (rate.takes(clock.nanoTime())) {
            read();
        }
    }

    /** Reads every domain a last time, also those that have failed. */
    void sampleLast() {
        receiver.last();
        read();
        domains.finish();
        calls.start(clock.nanoTime());
        domains.ownershipMonitor().ifPresent(OwnershipMonitor::finish);
        calls.end();
    }

    /** Updates the ownership of the devices. */
    void everySecond(long nowNanos) {
        if (domains.ownershipMonitor().isPresent()) {
            calls.start(clock.nanoTime());
            domains.ownershipMonitor().get().everySecond(nowNanos);
            calls.end();
        }
    }

    /** Ignores all readings from now on, also those of a call in progress; for any thread. */
    void abandon() {
        receiver.abandon();
    }

    void close() {
        if (!closed) {
            closed = true;
            try {
                probe.close();
            } catch (Throwable e) {
                log.accept("closing the " + probe.name() + " probe failed: " + e);
            }
        }
    }

    private void read() {
        receiver.start();
        calls.start(clock.nanoTime());
        try {
            probe.read(receiver);
        } catch (Throwable e) {
            receiver.failOthers(e.toString());
        } finally {
            calls.end();
        }
        domains.afterReading();
    }

    private long ownPeriodNanos(long samplingPeriodNanos) {
        return Math.max(Math.min(samplingPeriodNanos, counterPeriodNanos), probe.minPeriodNanos());
    }

    /** Measurement practice: power may be taken to change evenly over a second or three periods, not longer. */
    private static long maxGapNanos(long periodNanos) {
        return Math.max(1_000_000_000L, 3 * periodNanos);
    }
}
