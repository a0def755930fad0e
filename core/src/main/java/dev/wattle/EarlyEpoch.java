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
 * A window or an epoch that no meter has taken: it knows its name and how long it is. Where a meter comes, which is a moment
 * after the program's start, it takes over what it was told until then. Thread-safe, without a lock.
 */
final class EarlyEpoch implements TrainingEpoch {

    private static final long OPEN = -1;

    /** What all epochs together remember of what they were told before a meter came. */
    private static final int MOST_TOLD = 4_096;

    private static final AtomicLong TOLD = new AtomicLong();

    private final String name;
    private final boolean isEpoch;
    private final int plannedEpochs;
    private final long beginNanos = System.nanoTime();
    private final WeakReference<Thread> thread = new WeakReference<>(Thread.currentThread());

    @SuppressWarnings("deprecation") // threadId() is newer than the oldest JDK supported
    private final long threadId = Thread.currentThread().getId();

    private final AtomicLong nanos = new AtomicLong(OPEN);
    private final Queue<Consumer<TrainingEpoch>> told = new ConcurrentLinkedQueue<>();
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

    /** A meter has come. */
    void adopt(Wattle.Meter meter) {
        long closed = nanos.get();
        long end = closed == OPEN ? Wattle.Meter.OPEN : beginNanos + closed;
        EnergyWindow taken;
        if (isEpoch) {
            TrainingEpoch epoch = meter.epoch(name, plannedEpochs, beginNanos, threadId, thread);
            tell(epoch);
            taken = epoch;
            if (closed != OPEN) {
                meter.close(epoch, end);
            }
        } else {
            taken = meter.window(name, beginNanos, end);
        }
        if (metered.compareAndSet(null, taken) && closed == OPEN) {
            if (taken instanceof TrainingEpoch) {
                tell((TrainingEpoch) taken);
            }
            if (nanos.get() != OPEN) {
                meter.close(taken, beginNanos + nanos.get());
            }
        }
    }

    private void tell(TrainingEpoch epoch) {
        for (Consumer<TrainingEpoch> next = told.poll(); next != null; next = told.poll()) {
            next.accept(epoch);
        }
    }

    private void tell(Consumer<TrainingEpoch> what) {
        EnergyWindow taken = metered.get();
        if (taken instanceof TrainingEpoch) {
            what.accept((TrainingEpoch) taken);
        } else if (isEpoch && nanos.get() == OPEN && TOLD.get() < MOST_TOLD && TOLD.incrementAndGet() <= MOST_TOLD) {
            told.add(what);
            taken = metered.get();
            if (taken instanceof TrainingEpoch) {
                tell((TrainingEpoch) taken);
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
        if (nanos.compareAndSet(OPEN, System.nanoTime() - beginNanos)) {
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
        return Duration.ofNanos(closed == OPEN ? System.nanoTime() - beginNanos : closed);
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
        tell(epoch -> epoch.iteration(samples, loss));
    }

    @Override
    public void metric(String metric, double value) {
        tell(epoch -> epoch.metric(metric, value));
    }
}
