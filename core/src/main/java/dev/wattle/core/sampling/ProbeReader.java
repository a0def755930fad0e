/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import dev.wattle.core.domain.DeviceOwnership;
import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.domain.Suspicion;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.Readings;
import dev.wattle.core.time.SamplingClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one probe and keeps its failures to itself.
 *
 * <p>A domain that fails is left alone for twice as many ticks each time. After {@value #DROPPED_AFTER} failures in a row
 * it counts as gone, which is said once; it is still tried every half minute, and metering goes on where it answers
 * again. A domain that its driver calls lost counts as gone at once and is tried every five seconds, since a driver that
 * is loaded anew is back that soon. For the sampling thread.
 */
final class ProbeReader implements Readings {

    static final int DROPPED_AFTER = 8;

    private static final long RETRY_NANOS = 30_000_000_000L;
    private static final long LOST_RETRY_NANOS = 5_000_000_000L;

    /** Below this, the middle of a call is a date good enough at any period. */
    private static final long SHORT_CALL_NANOS = 10_000_000L;

    /** A power is held against a counter over half a minute and more, of which this is little. */
    private static final long LONGEST_CHECK_NANOS = 500_000_000L;

    private static final long DATE_UNCERTAIN = Long.MIN_VALUE;

    private final EnergyProbe probe;
    private final SamplingClock clock;
    private final Consumer<String> log;
    /** By domain; another takes the place of one that is not believed any longer. */
    private volatile List<DomainMeter> meters;

    private final int[] failuresInARow;
    private final long[] retryAtNanos;
    private final boolean[] answered;
    private final boolean[] toldSuspicion;
    private final AtomicLong errors = new AtomicLong();
    private final RateLimit rate;
    private final List<OwnershipMonitor> ownershipMonitor;

    private final BlockingCall calls;
    private final long shortestWantedNanos;

    private @Nullable DomainRegistry registry;
    private long periodNanos;
    private volatile boolean abandoned;
    private boolean last;
    private boolean closed;

    ProbeReader(EnergyProbe probe, SamplingClock clock, long periodNanos, Consumer<String> log) {
        this(probe, clock, periodNanos, log, new BlockingCall());
    }

    /** @param calls is told when a call of the probe begins and when all have ended */
    ProbeReader(EnergyProbe probe, SamplingClock clock, long periodNanos, Consumer<String> log, BlockingCall calls) {
        this.probe = probe;
        this.calls = calls;
        this.clock = clock;
        this.log = log;
        this.shortestWantedNanos = CounterPace.nanos(probe.domains());
        this.periodNanos = pace(periodNanos);
        long maxGapNanos = maxGapNanos(this.periodNanos);
        this.meters = probe.domains().stream()
                .map(domain -> new DomainMeter(domain, clock, maxGapNanos))
                .toList();
        this.rate = new RateLimit(probe.minPeriodNanos());
        this.ownershipMonitor = OwnershipMonitor.of(probe, meters, log);
        this.failuresInARow = new int[meters.size()];
        this.retryAtNanos = new long[meters.size()];
        this.answered = new boolean[meters.size()];
        this.toldSuspicion = new boolean[meters.size()];
    }

    List<DomainMeter> meters() {
        return meters;
    }

    /** Tells a registry of domains that take over, and of those that are not believed any longer. */
    void joined(DomainRegistry newRegistry) {
        registry = newRegistry;
    }

    /** How this JVM uses the domains; none where all belong to the machine as a whole. */
    List<DeviceOwnership> ownerships() {
        return ownershipMonitor.isEmpty() ? List.of() : ownershipMonitor.get(0).ownerships();
    }

    String name() {
        return probe.name();
    }

    long errors() {
        return errors.get();
    }

    /** How often the probe should be read, whatever the sampling period: for its counters not to wrap unseen. */
    long wantedPeriodNanos() {
        return Math.max(shortestWantedNanos, probe.minPeriodNanos());
    }

    private long pace(long samplingPeriodNanos) {
        return Math.max(Math.min(samplingPeriodNanos, shortestWantedNanos), probe.minPeriodNanos());
    }

    void period(long nanos) {
        periodNanos = pace(nanos);
        for (DomainMeter meter : meters) {
            meter.maxGap(maxGapNanos(periodNanos));
        }
    }

    void sample() {
        if (rate.takes(clock.nanoTime())) {
            readAll();
        }
    }

    private void readAll() {
        for (int domain = 0; domain < answered.length; domain++) {
            answered[domain] = false;
        }
        calls.begins(clock.nanoTime());
        try {
            probe.read(this);
        } catch (Throwable e) {
            for (int domain = 0; domain < answered.length; domain++) {
                if (!answered[domain] && wants(domain)) {
                    fail(domain, e.toString());
                }
            }
        } finally {
            calls.ends();
        }
        for (int domain = 0; domain < answered.length; domain++) {
            DomainMeter meter = meters.get(domain);
            meter.announceFirstReading(log);
            tellSuspicion(domain);
            if (meter.isSuperseded() && !meter.isRetired()) {
                meter.retire();
            }
        }
    }

    private void tellSuspicion(int domain) {
        DomainMeter meter = meters.get(domain);
        if (toldSuspicion[domain] || meter.suspicion().isEmpty()) {
            return;
        }
        toldSuspicion[domain] = true;
        log.accept(meter.domain().device() + " (" + probe.name() + ") is suspect: "
                + meter.suspicion().get().reason() + "; its readings are not believed");
        if (registry != null) {
            registry.suspect(meter);
        }
    }

    /** The power of a domain's hardware takes over from its counter. */
    private void replace(int domain) {
        DomainMeter doubted = meters.get(domain);
        DomainMeter successor = doubted.successor();
        doubted.retire();
        List<DomainMeter> changed = new ArrayList<>(meters);
        changed.set(domain, successor);
        meters = List.copyOf(changed);
        toldSuspicion[domain] = true;
        log.accept(doubted.domain().device() + " (" + probe.name() + ") is suspect: "
                + doubted.suspicion().map(Suspicion::reason).orElse("")
                + "; its power is integrated instead");
        if (registry != null) {
            registry.suspect(doubted);
            registry.joinSuccessor(
                    successor,
                    ownershipMonitor.isEmpty()
                            ? List.of()
                            : List.of(ownershipMonitor.get(0).follow(domain, successor)));
        }
        successor.announceFirstReading(log);
    }

    /** Reads every domain once more, those that failed lately too. */
    void sampleLast() {
        last = true;
        readAll();
        for (int domain = 0; domain < answered.length; domain++) {
            if (meters.get(domain).checkLast()) {
                replace(domain);
            }
        }
        for (DomainMeter meter : meters) {
            meter.finish();
        }
        calls.begins(clock.nanoTime());
        ownershipMonitor.forEach(OwnershipMonitor::finish);
        calls.ends();
    }

    void everySecond(long nowNanos) {
        for (int i = 0; i < ownershipMonitor.size(); i++) {
            calls.begins(clock.nanoTime());
            ownershipMonitor.get(i).everySecond(nowNanos);
            calls.ends();
        }
    }

    /** What the probe hands over from now on, by a call that is going on, is of no interest. */
    void abandon() {
        abandoned = true;
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

    @Override
    public long nanoTime() {
        long now = clock.nanoTime();
        // Probes ask before and after each call: one that takes its time with each device is slow, it does not hang.
        calls.begins(now);
        return now;
    }

    @Override
    public boolean wants(int domain) {
        return !meters.get(domain).isRetired()
                && (last || failuresInARow[domain] == 0 || clock.nanoTime() - retryAtNanos[domain] >= 0);
    }

    @Override
    public void counter(int domain, long beforeNanos, long afterNanos, long microjoules) {
        if (abandoned) {
            return;
        }
        DomainMeter meter = meters.get(domain);
        if (!meter.isCounter()) {
            answered[domain] = true;
            return;
        }
        long date = dateOf(meter, beforeNanos, afterNanos);
        if (date == DATE_UNCERTAIN) {
            succeed(domain);
        } else if (meter.counter(date, microjoules)) {
            succeed(domain);
        } else {
            answered[domain] = true;
        }
    }

    /**
     * When a counter had the value that a call read: some time during the call. One that took long beside the time since the
     * reading before could make that time's power look like a peak, or none. It is left out then, and the next tells its
     * energy too. The first is dated to when its call began and the last to when it ended, which makes no power look higher.
     */
    private long dateOf(DomainMeter meter, long beforeNanos, long afterNanos) {
        long took = afterNanos - beforeNanos;
        if (took <= Math.max(SHORT_CALL_NANOS, periodNanos / 2)) {
            return middle(beforeNanos, afterNanos);
        }
        if (!meter.isKnown()) {
            return beforeNanos;
        }
        if (last) {
            return afterNanos;
        }
        long date = middle(beforeNanos, afterNanos);
        return took <= (date - meter.knownNanos()) / 2 ? date : DATE_UNCERTAIN;
    }

    @Override
    public void earlier(int domain, long nanos, long microjoules) {
        meters.get(domain).earlier(nanos, microjoules);
    }

    @Override
    public void power(int domain, long beforeNanos, long afterNanos, long microwatts) {
        if (abandoned) {
            return;
        }
        if (meters.get(domain).power(middle(beforeNanos, afterNanos), microwatts)) {
            succeed(domain);
        } else {
            answered[domain] = true;
        }
    }

    @Override
    public void check(int domain, long beforeNanos, long afterNanos, long microwatts) {
        DomainMeter meter = meters.get(domain);
        if (!abandoned && !meter.isCounter()) {
            power(domain, beforeNanos, afterNanos, microwatts);
        } else if (!abandoned
                && afterNanos - beforeNanos <= LONGEST_CHECK_NANOS
                && meter.check(middle(beforeNanos, afterNanos), microwatts)) {
            replace(domain);
        }
    }

    @Override
    public void retired(int domain) {
        answered[domain] = true;
        if (!abandoned) {
            meters.get(domain).retire();
        }
    }

    @Override
    public void failed(int domain) {
        fail(domain, "");
    }

    @Override
    public void failed(int domain, String reason) {
        fail(domain, reason);
    }

    @Override
    public void note(int domain, String what) {
        log.accept(meters.get(domain).domain().device() + " (" + probe.name() + "): " + what);
    }

    @Override
    public void silent(int domain) {
        answered[domain] = true;
        if (abandoned) {
            return;
        }
        meters.get(domain).silent();
    }

    @Override
    public void lost(int domain, String reason) {
        answered[domain] = true;
        if (abandoned) {
            return;
        }
        long now = clock.nanoTime();
        DomainMeter meter = meters.get(domain);
        meter.failed(now);
        meter.lost(now, reason);
        errors.lazySet(errors.get() + 1);
        if (failuresInARow[domain] < DROPPED_AFTER) {
            failuresInARow[domain] = DROPPED_AFTER;
            log.accept(meter.domain().device() + " (" + probe.name() + ") is lost: " + reason
                    + "; its energy stays where it is, and it is tried again every 5 s");
        }
        retryAtNanos[domain] = now + LOST_RETRY_NANOS;
    }

    /** Measurement practice: power may be taken to change evenly over a second or three periods, not longer. */
    private static long maxGapNanos(long periodNanos) {
        return Math.max(1_000_000_000L, 3 * periodNanos);
    }

    private static long middle(long beforeNanos, long afterNanos) {
        return beforeNanos + (afterNanos - beforeNanos) / 2;
    }

    private void succeed(int domain) {
        answered[domain] = true;
        if (failuresInARow[domain] >= DROPPED_AFTER) {
            log.accept(meters.get(domain).domain().device() + " answers again and is metered from here on");
        }
        failuresInARow[domain] = 0;
    }

    private void fail(int domain, String why) {
        answered[domain] = true;
        if (abandoned) {
            return;
        }
        long now = clock.nanoTime();
        meters.get(domain).failed(now);
        errors.lazySet(errors.get() + 1);
        int failures = ++failuresInARow[domain];
        if (failures == DROPPED_AFTER) {
            log.accept(meters.get(domain).domain().device() + " (" + probe.name() + ") has failed " + failures
                    + " times in a row" + (why.isEmpty() ? "" : ": " + why)
                    + "; its energy stays where it is, and it is tried again every 30 s");
        }
        long wait = failures >= DROPPED_AFTER ? RETRY_NANOS : periodNanos << (failures - 1);
        retryAtNanos[domain] = now + Math.min(wait, RETRY_NANOS);
    }
}
