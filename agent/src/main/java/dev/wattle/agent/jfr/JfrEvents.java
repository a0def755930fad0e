/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.jfr;

import dev.wattle.core.boundary.IterationRecord;
import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.TrainingObserver;
import dev.wattle.core.epoch.WindowRecord;
import dev.wattle.core.sampling.EnergyMeter;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The meter's events in JDK Flight Recorder, where the runtime has it.
 *
 * <p>Until a recording starts, this is one listener and costs nothing more; it does not initialise the recorder. JFR's own
 * thread records powers and gaps; the methods here record the rest while a recording has the event enabled. Thread-safe;
 * no method throws.
 */
public final class JfrEvents implements TrainingObserver, AutoCloseable {

    private final EnergyMeter meter;
    private final Consumer<String> log;

    /** Must not be captured by lambdas: linking one loads the class, which fails in a runtime without the module jdk.jfr. */
    private volatile @Nullable JfrConnection connection;

    /** @param log takes a line where the recorder refuses the events */
    public JfrEvents(EnergyMeter meter, Consumer<String> log) {
        this.meter = meter;
        this.log = log;
    }

    /**
     * Starts to listen for recordings; call once. Has no effect in a runtime without the module jdk.jfr or with JFR switched
     * off. Loads a hundred classes on Java 17, so call it after the start of the program.
     */
    public void listen() {
        try {
            connection = JfrConnection.open(meter, log);
        } catch (LinkageError | RuntimeException absent) {
            // Without JFR there are no recordings.
        }
    }

    @Override
    public void epoch(EpochRecord epoch) {
        JfrConnection open = connection;
        if (open != null) {
            open.epoch(epoch);
        }
    }

    @Override
    public boolean wantsIterations() {
        JfrConnection open = connection;
        return open != null && open.wantsIterations();
    }

    @Override
    public void iteration(IterationRecord iteration) {
        JfrConnection open = connection;
        if (open != null) {
            open.iteration(iteration);
        }
    }

    @Override
    public void window(WindowRecord window) {
        JfrConnection open = connection;
        if (open != null) {
            open.window(window);
        }
    }

    /**
     * Records that a threshold of the budget is reached.
     *
     * @param budget as configured
     * @param usedRatio the part of the budget that is used, 1 for all
     * @param stopsTraining whether training is asked to stop
     */
    public void budget(String budget, double usedRatio, boolean stopsTraining) {
        JfrConnection open = connection;
        if (open != null) {
            open.budget(budget, usedRatio, stopsTraining);
        }
    }

    /** Unregisters the events. Not for the end of the JVM: it would wait for a recorder that writes its dump. */
    @Override
    public void close() {
        JfrConnection open = connection;
        if (open != null) {
            open.close();
        }
    }
}
