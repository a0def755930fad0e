/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.jfr;

import dev.wattle.core.boundary.IterationRecord;
import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.WindowRecord;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.sampling.EnergyMeter;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Consumer;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import org.jspecify.annotations.Nullable;

/**
 * Registers the events with JDK Flight Recorder and commits them.
 *
 * <p>The thread that initialises the recorder loads and registers the event classes, under the recorder's lock. So {@link
 * #close} must not take that lock while it holds this object's own. Thread-safe.
 */
final class JfrConnection implements FlightRecorderListener, AutoCloseable {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final EnergyMeter meter;
    private final Consumer<String> log;
    private final GapWatch gapWatch;
    private final Runnable recordPower = this::recordPower;
    private final Runnable recordGaps;

    private volatile @Nullable EventType iterations;
    private boolean closed;

    private JfrConnection(EnergyMeter meter, Consumer<String> log) {
        this.meter = meter;
        this.log = log;
        this.gapWatch = new GapWatch(meter);
        this.recordGaps = gapWatch::record;
    }

    static JfrConnection open(EnergyMeter meter, Consumer<String> log) {
        JfrConnection connection = new JfrConnection(meter, log);
        // Also called for a recorder that is initialised already.
        FlightRecorder.addListener(connection);
        return connection;
    }

    @Override
    public void recorderInitialized(FlightRecorder recorder) {
        try {
            register();
        } catch (RuntimeException | LinkageError e) {
            log.accept("no events for Flight Recorder: " + e);
        }
    }

    private synchronized void register() {
        if (closed || iterations != null) {
            return;
        }
        for (Class<? extends Event> event : events()) {
            FlightRecorder.register(event);
        }
        FlightRecorder.addPeriodicEvent(PowerEvent.class, recordPower);
        FlightRecorder.addPeriodicEvent(GapEvent.class, recordGaps);
        iterations = EventType.getEventType(IterationEvent.class);
    }

    @Override
    public void close() {
        FlightRecorder.removeListener(this);
        synchronized (this) {
            closed = true;
            if (iterations != null) {
                iterations = null;
                FlightRecorder.removePeriodicEvent(recordPower);
                FlightRecorder.removePeriodicEvent(recordGaps);
                for (Class<? extends Event> event : events()) {
                    FlightRecorder.unregister(event);
                }
            }
        }
    }

    /** The event classes. In a method, so that they are loaded only once there is a recorder. */
    static List<Class<? extends Event>> events() {
        return List.of(
                PowerEvent.class,
                GapEvent.class,
                EpochEvent.class,
                IterationEvent.class,
                WindowEvent.class,
                BudgetEvent.class);
    }

    boolean wantsIterations() {
        EventType type = iterations;
        return type != null && type.isEnabled();
    }

    void epoch(EpochRecord epoch) {
        if (iterations == null) {
            return;
        }
        EpochEvent event = new EpochEvent();
        if (!event.shouldCommit()) {
            return;
        }
        event.training = epoch.training();
        event.framework = epoch.framework().tag();
        event.epoch = epoch.first();
        event.lastEpoch = epoch.last();
        event.began = epoch.started().toEpochMilli();
        event.length = epoch.nanos();
        event.microjoules = epoch.totalMicrojoules();
        event.joules = EnergyUnits.joules(event.microjoules);
        event.validationMicrojoules = epoch.validationMicrojoules();
        event.iterations = epoch.iterations();
        event.samples = epoch.samples();
        event.loss = epoch.loss();
        StringJoiner metrics = new StringJoiner(", ");
        epoch.metrics().forEach((name, value) -> metrics.add(name + "=" + value));
        event.metrics = metrics.toString();
        event.belowResolution = epoch.belowResolution();
        event.shared = epoch.shared();
        event.incomplete = epoch.incomplete();
        event.insideMicrojoules = epoch.insideMicrojoules();
        event.commit();
    }

    void iteration(IterationRecord iteration) {
        if (iterations == null) {
            return;
        }
        IterationEvent event = new IterationEvent();
        if (!event.shouldCommit()) {
            return;
        }
        event.training = iteration.training();
        event.framework = iteration.framework().tag();
        event.iteration = iteration.number();
        event.began = System.currentTimeMillis() - (System.nanoTime() - iteration.startNanos()) / NANOS_PER_MILLI;
        event.length = iteration.endNanos() - iteration.startNanos();
        event.microjoules = iteration.microjoules();
        event.joules = EnergyUnits.joules(event.microjoules);
        event.samples = iteration.samples();
        event.loss = iteration.loss();
        event.belowResolution = iteration.belowResolution();
        event.commit();
    }

    void window(WindowRecord window) {
        if (iterations == null) {
            return;
        }
        WindowEvent event = new WindowEvent();
        if (!event.shouldCommit()) {
            return;
        }
        event.name = window.name();
        event.began = window.started().toEpochMilli();
        event.length = window.nanos();
        event.microjoules = window.totalMicrojoules();
        event.joules = EnergyUnits.joules(event.microjoules);
        event.belowResolution = window.belowResolution();
        event.commit();
    }

    void budget(String budget, double usedRatio, boolean stopsTraining) {
        if (iterations == null) {
            return;
        }
        BudgetEvent event = new BudgetEvent();
        event.budget = budget;
        event.used = usedRatio;
        event.stopsTraining = stopsTraining;
        event.commit();
    }

    /**
     * Called by JFR on its own thread, once a period while a recording has the event enabled. Reads the devices and not a
     * snapshot of the run, which that thread would have to wait for.
     */
    private void recordPower() {
        for (DomainMeter domain : meter.domains()) {
            recordPower(domain);
        }
    }

    private static void recordPower(DomainMeter meter) {
        long microwatts = meter.microwatts();
        if (microwatts == DomainMeter.UNKNOWN) {
            return;
        }
        EnergyDomain domain = meter.domain();
        PowerEvent event = new PowerEvent();
        event.device = domain.device();
        event.component = domain.component().tag();
        event.quality = domain.quality().tag();
        event.watts = EnergyUnits.watts(microwatts);
        event.microjoules = meter.microjoules();
        event.commit();
    }
}
