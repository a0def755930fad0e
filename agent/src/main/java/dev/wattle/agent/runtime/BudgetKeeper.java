/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.core.sampling.MeterThreads;
import dev.wattle.core.training.BudgetWatch;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells a budget once a second what the run has used, on the thread {@code wattle-budget}. Thread-safe. */
final class BudgetKeeper implements AutoCloseable {

    private final BudgetWatch budget;
    private final EnergyMeter meter;
    private final long startNanos;
    private final CountDownLatch closed = new CountDownLatch(1);

    private BudgetKeeper(BudgetWatch budget, EnergyMeter meter, long startNanos) {
        this.budget = budget;
        this.meter = meter;
        this.startNanos = startNanos;
    }

    /** @param startNanos when the run began, on {@link System#nanoTime()} */
    static BudgetKeeper start(BudgetWatch budget, EnergyMeter meter, long startNanos, MeterThreads threads) {
        BudgetKeeper keeper = new BudgetKeeper(budget, meter, startNanos);
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
        budget.feed(meter.microjoules(), System.nanoTime() - startNanos);
    }

    /** After the meter's last reading: tells once more, and ends the thread. */
    @Override
    public void close() {
        closed.countDown();
        feed();
    }
}
