/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.core.sampling.MeterThreads;
import dev.wattle.core.training.BudgetWatch;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Tells a budget once a second what the run has used, on the thread {@code wattle-budget}. Thread-safe. */
final class BudgetKeeper implements AutoCloseable {

    private final BudgetWatch budget;
    private final EnergyMeter meter;
    private final long startNanos;
    private final Consumer<String> log;
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean failed;

    private BudgetKeeper(BudgetWatch budget, EnergyMeter meter, long startNanos, Consumer<String> log) {
        this.budget = budget;
        this.meter = meter;
        this.startNanos = startNanos;
        this.log = log;
    }

    /**
     * Begins to tell.
     *
     * @param startNanos when the run began, on {@link System#nanoTime()}
     * @param log takes a line for a person
     */
    static BudgetKeeper start(
            BudgetWatch budget, EnergyMeter meter, long startNanos, MeterThreads threads, Consumer<String> log) {
        BudgetKeeper keeper = new BudgetKeeper(budget, meter, startNanos, log);
        threads.create("budget", keeper::keep).start();
        return keeper;
    }

    private void keep() {
        while (!isClosedWithinASecond()) {
            feed();
        }
    }

    private boolean isClosedWithinASecond() {
        try {
            return closed.await(1, TimeUnit.SECONDS);
        } catch (InterruptedException meantForOthers) {
            // Whoever interrupts all threads he finds means others; the next look only comes earlier.
            return closed.getCount() == 0;
        }
    }

    private synchronized void feed() {
        try {
            budget.feed(meter.microjoules(), System.nanoTime() - startNanos);
        } catch (Throwable t) {
            // A heap that has no room for a warning may have it in a second; the budget still stands then.
            sayOnce(t);
        }
    }

    private void sayOnce(Throwable why) {
        if (failed) {
            return;
        }
        failed = true;
        try {
            log.accept("telling of the budget failed: " + why);
        } catch (Throwable noMemoryForAMessage) {
            // What is used still counts.
        }
    }

    /** After the meter's last reading: tells once more, and ends the thread. */
    @Override
    public void close() {
        closed.countDown();
        feed();
    }
}
