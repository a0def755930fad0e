/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.probe.Readings;
import dev.wattle.core.time.SamplingClock;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Takes the readings of one probe, dates them, and gives them to the meters of the domains. Counts and reports failures. For
 * the thread that reads, except {@link #abandon()} and {@link #errors()}.
 */
final class ReadingReceiver implements Readings {

    /** The middle of a shorter call is precise enough at any period. */
    private static final long SHORT_CALL_NANOS = 10_000_000L;

    /** A counter and a power are compared over half a minute or more, which makes this uncertainty small. */
    private static final long MAX_CHECK_NANOS = 500_000_000L;

    private static final long DATE_UNCERTAIN = Long.MIN_VALUE;

    private final ProbeDomains domains;
    private final SamplingClock clock;
    private final BlockingCall calls;
    private final Consumer<String> log;
    private final RetrySchedule retries;
    private final boolean[] answered;
    private final AtomicLong errors = new AtomicLong();
    private long periodNanos;
    private volatile boolean abandoned;
    private boolean last;

    /** @param calls notes each call of the probe */
    ReadingReceiver(
            ProbeDomains domains, SamplingClock clock, long periodNanos, BlockingCall calls, Consumer<String> log) {
        this.domains = domains;
        this.clock = clock;
        this.periodNanos = periodNanos;
        this.calls = calls;
        this.log = log;
        this.retries = new RetrySchedule(domains.size());
        this.answered = new boolean[domains.size()];
    }

    /** How many readings failed; for any thread. */
    long errors() {
        return errors.get();
    }

    void period(long nanos) {
        periodNanos = nanos;
    }

    /** The next readings are the last ones: every domain is read. */
    void last() {
        last = true;
    }

    /** Ignores all readings from now on, also those of a call in progress; for any thread. */
    void abandon() {
        abandoned = true;
    }

    /** A reading of all domains starts. */
    void start() {
        Arrays.fill(answered, false);
    }

    /** The probe threw an exception: all domains without an answer have failed. */
    void failOthers(String reason) {
        for (int domain = 0; domain < answered.length; domain++) {
            if (!answered[domain] && wants(domain)) {
                failed(domain, reason);
            }
        }
    }

    @Override
    public long nanoTime() {
        long now = clock.nanoTime();
        // Probes ask before and after each call. A probe that is slow with each of many devices does not hang.
        calls.start(now);
        return now;
    }

    @Override
    public boolean wants(int domain) {
        return !domains.get(domain).isRetired()
                && (last || !retries.hasFailed(domain) || retries.isDue(domain, clock.nanoTime()));
    }

    @Override
    public void counter(int domain, long beforeNanos, long afterNanos, long microjoules) {
        if (abandoned) {
            return;
        }
        answered[domain] = true;
        DomainMeter meter = domains.get(domain);
        if (!meter.isCounter()) {
            // Its power has replaced the counter.
            return;
        }
        long date = dateOf(meter, beforeNanos, afterNanos);
        if (date == DATE_UNCERTAIN || meter.counter(date, microjoules)) {
            succeeded(domain);
        }
    }

    @Override
    public void earlier(int domain, long nanos, long microjoules) {
        domains.get(domain).earlier(nanos, microjoules);
    }

    @Override
    public void power(int domain, long beforeNanos, long afterNanos, long microwatts) {
        if (abandoned) {
            return;
        }
        answered[domain] = true;
        if (domains.get(domain).power(middle(beforeNanos, afterNanos), microwatts)) {
            succeeded(domain);
        }
    }

    @Override
    public void check(int domain, long beforeNanos, long afterNanos, long microwatts) {
        DomainMeter meter = domains.get(domain);
        if (abandoned) {
            return;
        }
        if (!meter.isCounter()) {
            power(domain, beforeNanos, afterNanos, microwatts);
        } else if (afterNanos - beforeNanos <= MAX_CHECK_NANOS
                && meter.check(middle(beforeNanos, afterNanos), microwatts)) {
            domains.replaceByPower(domain);
        }
    }

    @Override
    public void failed(int domain) {
        failed(domain, "");
    }

    @Override
    public void failed(int domain, String reason) {
        answered[domain] = true;
        if (abandoned) {
            return;
        }
        long now = clock.nanoTime();
        domains.get(domain).failed(now);
        errors.lazySet(errors.get() + 1);
        if (retries.failed(domain, now, periodNanos)) {
            log.accept(domains.nameOf(domain) + " has failed " + RetrySchedule.MAX_FAILURES + " times in a row"
                    + (reason.isEmpty() ? "" : ": " + reason)
                    + "; its energy stays where it is, and it is tried again every 30 s");
        }
    }

    @Override
    public void lost(int domain, String reason) {
        answered[domain] = true;
        if (abandoned) {
            return;
        }
        long now = clock.nanoTime();
        DomainMeter meter = domains.get(domain);
        meter.failed(now);
        meter.lost(now, reason);
        errors.lazySet(errors.get() + 1);
        if (retries.lost(domain, now)) {
            log.accept(domains.nameOf(domain) + " is lost: " + reason
                    + "; its energy stays where it is, and it is tried again every 5 s");
        }
    }

    @Override
    public void silent(int domain) {
        answered[domain] = true;
        if (!abandoned) {
            domains.get(domain).silent();
        }
    }

    @Override
    public void retired(int domain) {
        answered[domain] = true;
        if (!abandoned) {
            domains.get(domain).retire();
        }
    }

    @Override
    public void note(int domain, String what) {
        log.accept(domains.nameOf(domain) + ": " + what);
    }

    private void succeeded(int domain) {
        if (retries.succeeded(domain)) {
            log.accept(domains.get(domain).domain().device() + " answers again and is metered from here on");
        }
    }

    /**
     * When a counter had the value that a call read: some time during the call. If the call took long compared with the time
     * since the last reading, its middle could make the power of that time look far too high or too low. Such a value is left
     * out, and the next one holds its energy too. The first value is dated to the start of its call and the last one to the
     * end, which makes no power look higher.
     */
    private long dateOf(DomainMeter meter, long beforeNanos, long afterNanos) {
        long took = afterNanos - beforeNanos;
        long middle = middle(beforeNanos, afterNanos);
        if (took <= Math.max(SHORT_CALL_NANOS, periodNanos / 2)) {
            return middle;
        }
        if (!meter.isKnown()) {
            return beforeNanos;
        }
        if (last) {
            return afterNanos;
        }
        return took <= (middle - meter.knownNanos()) / 2 ? middle : DATE_UNCERTAIN;
    }

    private static long middle(long beforeNanos, long afterNanos) {
        return beforeNanos + (afterNanos - beforeNanos) / 2;
    }
}
