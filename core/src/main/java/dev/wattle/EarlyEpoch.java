/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A window or an epoch without a meter: it knows its name and its duration. A meter that connects later, usually a moment after
 * the program's start, takes it over with what was reported until then. Thread-safe, without a lock.
 */
final class EarlyEpoch implements TrainingEpoch {

    private static final long OPEN = -1;

    /** How many iterations and metrics all epochs together keep for a meter. */
    private static final int MAX_KEPT = 4_096;

    private static final AtomicLong KEPT = new AtomicLong();

    private final String name;
    private final boolean isEpoch;
    private final int plannedEpochs;
    private final long startNanos = System.nanoTime();
    private final WeakReference<Thread> thread = new WeakReference<>(Thread.currentThread());

    @SuppressWarnings("deprecation") // threadId() is newer than the oldest JDK supported
    private final long threadId = Thread.currentThread().getId();

    private final AtomicLong nanos = new AtomicLong(OPEN);
    private final Queue<Consumer<TrainingEpoch>> kept = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable EnergyWindow> metered = new AtomicReference<>();

    private EarlyEpoch(String name, boolean isEpoch, int plannedEpochs) {
        this.name = name;
        this.isEpoch = isEpoch;
        this.plannedEpochs = plannedEpochs;
    }

    static EarlyEpoch window(String name) {
        return new EarlyEpoch(name, false, 0);
    }

    static EarlyEpoch epoch(String training, int plannedEpochs) {
        return new EarlyEpoch(training, true, plannedEpochs);
    }

    /** A meter takes it over. */
    void adopt(Wattle.Meter meter) {
        long closed = nanos.get();
        long end = closed == OPEN ? Wattle.Meter.OPEN : startNanos + closed;
        EnergyWindow taken;
        if (isEpoch) {
            TrainingEpoch epoch = meter.epoch(name, plannedEpochs, startNanos, threadId, thread);
            replay(epoch);
            taken = epoch;
            if (closed != OPEN) {
                meter.close(epoch, end);
            }
        } else {
            taken = meter.window(name, startNanos, end);
        }
        if (metered.compareAndSet(null, taken) && closed == OPEN) {
            if (taken instanceof TrainingEpoch) {
                replay((TrainingEpoch) taken);
            }
            if (nanos.get() != OPEN) {
                meter.close(taken, startNanos + nanos.get());
            }
        }
    }

    private void replay(TrainingEpoch epoch) {
        for (Consumer<TrainingEpoch> next = kept.poll(); next != null; next = kept.poll()) {
            next.accept(epoch);
        }
    }

    private void report(Consumer<TrainingEpoch> call) {
        EnergyWindow taken = metered.get();
        if (taken instanceof TrainingEpoch) {
            call.accept((TrainingEpoch) taken);
        } else if (isEpoch && nanos.get() == OPEN && KEPT.get() < MAX_KEPT && KEPT.incrementAndGet() <= MAX_KEPT) {
            kept.add(call);
            taken = metered.get();
            if (taken instanceof TrainingEpoch) {
                replay((TrainingEpoch) taken);
            }
        } else if (isEpoch && nanos.get() == OPEN) {
            Wattle.LEFT_OUT.incrementAndGet();
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void close() {
        if (nanos.compareAndSet(OPEN, System.nanoTime() - startNanos)) {
            EnergyWindow taken = metered.get();
            if (taken != null) {
                taken.close();
            }
        }
    }

    @Override
    public double joules() {
        EnergyWindow taken = metered.get();
        return taken == null ? Double.NaN : taken.joules();
    }

    @Override
    public boolean isComplete() {
        EnergyWindow taken = metered.get();
        return taken != null && taken.isComplete();
    }

    @Override
    public Map<String, Double> joulesByDevice() {
        EnergyWindow taken = metered.get();
        return taken == null ? Map.of() : taken.joulesByDevice();
    }

    @Override
    public Duration duration() {
        long closed = nanos.get();
        return Duration.ofNanos(closed == OPEN ? System.nanoTime() - startNanos : closed);
    }

    @Override
    public Duration metered() {
        EnergyWindow taken = metered.get();
        return taken == null ? Duration.ZERO : taken.metered();
    }

    @Override
    public String quality() {
        EnergyWindow taken = metered.get();
        return taken == null ? "none" : taken.quality();
    }

    @Override
    public Duration resolution() {
        EnergyWindow taken = metered.get();
        return taken == null ? Duration.ZERO : taken.resolution();
    }

    @Override
    public void iteration(long samples, double loss) {
        report(epoch -> epoch.iteration(samples, loss));
    }

    @Override
    public void tokens(long count) {
        report(epoch -> epoch.tokens(count));
    }

    @Override
    public void flops(double count) {
        report(epoch -> epoch.flops(count));
    }

    @Override
    public void metric(String metric, double value) {
        report(epoch -> epoch.metric(metric, value));
    }
}
