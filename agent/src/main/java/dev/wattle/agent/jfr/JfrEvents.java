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
 * <p>Until somebody starts a recording, with the JVM or later, this is one listener and costs nothing more; the recorder is
 * not initialised by it. Powers and gaps are looked up by JFR's own thread. What is told here becomes an event while a
 * recording wants it. Thread-safe; nothing here throws.
 */
public final class JfrEvents implements TrainingObserver, AutoCloseable {

    private final EnergyMeter meter;
    private final Consumer<String> log;

    /** Not to be handed to lambdas: to link one loads the class, which fails in a runtime without the module jdk.jfr. */
    private volatile @Nullable JfrConnection connection;

    /** @param log takes a line for a person where the recorder refuses the events */
    public JfrEvents(EnergyMeter meter, Consumer<String> log) {
        this.meter = meter;
        this.log = log;
    }

    /**
     * Waits for recordings from now on, once. In a runtime without the module jdk.jfr, or with JFR switched off, there will
     * be none. Loads a hundred classes on Java 17, so better not while the program starts.
     */
    public void listen() {
        try {
            connection = JfrConnection.open(meter, log);
        } catch (LinkageError | RuntimeException absent) {
            // Nobody can record here, so nobody misses anything.
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
     * A part of the budget is used up.
     *
     * @param budget as it was configured
     * @param usedPart of it, 1 for all
     * @param stopsTraining whether training is asked to end
     */
    public void budget(String budget, double usedPart, boolean stopsTraining) {
        JfrConnection open = connection;
        if (open != null) {
            open.budget(budget, usedPart, stopsTraining);
        }
    }

    /** Takes the events out of the recorder again. Not for the end of the JVM: a recorder that dumps would be waited for. */
    @Override
    public void close() {
        JfrConnection open = connection;
        if (open != null) {
            open.close();
        }
    }
}
