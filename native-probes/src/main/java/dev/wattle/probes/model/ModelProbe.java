/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.model;

import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.probe.Readings;
import dev.wattle.core.probe.Scope;
import dev.wattle.core.probe.Sensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Replaces counters that cannot be read: processor power by published figures and the measured load, and memory power by
 * size.
 *
 * <p>A processor power is the mean since the last reading. It is reported for the start and the end of that time, so that
 * its integral is the sum of each mean times its time. Readings are half a second apart, because load is counted in ticks
 * of 10 ms; only the last reading of a run may come sooner. On Linux a reading does not allocate. Used by one thread.
 */
public final class ModelProbe implements EnergyProbe {
    private static final long PERIOD_NANOS = 500_000_000;
    private static final int CPU = 0;
    private static final int DRAM = 1;

    private final Load load;
    private final PowerCurve curve;
    private final long memoryMicrowatts;
    private final ModelDescription description;
    private final List<EnergyDomain> domains;

    private boolean prepared;
    private long preparedNanos;
    private boolean windowOpen;
    private long windowStartNanos;
    private long windowStartBusy;
    private long windowStartCapacity;

    private ModelProbe(Machine machine, Load load, double cpus, Scope cpuScope, long memoryBytes, Scope memoryScope) {
        Processor processor = machine.processor();
        ProcessorModel model = ProcessorModel.of(processor);
        boolean memoryApart = !model.includesMemory() && memoryBytes > 0;
        double memoryWatts = memoryApart ? MemoryModel.watts(memoryBytes) : 0;
        this.load = load;
        this.curve = model.curve().times(cpus);
        this.memoryMicrowatts = Math.round(memoryWatts * 1e6);
        this.description = new ModelDescription(
                model.name(),
                processor.name(),
                cpus,
                curve.idle(),
                curve.full(),
                memoryWatts,
                memoryApart ? model.source() + "; memory: " + MemoryModel.SOURCE : model.source(),
                PublishedError.OF_LOAD_MODELS);
        List<EnergyDomain> list = new ArrayList<>();
        String name = processor.name().isEmpty() ? "cpu" : processor.name();
        list.add(domain(Component.CPU, "cpu", name, cpuScope, model.name() + " (" + model.source() + ")"));
        if (memoryApart) {
            String size = String.format((Locale) null, "%.1f GiB", memoryBytes / (double) (1L << 30));
            list.add(domain(Component.DRAM, "dram", size, memoryScope, MemoryModel.SOURCE));
        }
        this.domains = List.copyOf(list);
    }

    /** A Linux machine under a proc root, or the container this process is in; empty if unknown. */
    static Optional<ModelProbe> onLinux(Path procRoot, Path cgroupRoot) {
        return CpuInfo.read(procRoot).flatMap(machine -> {
            int logicalCpus = machine.processor().logicalCpus();
            Cgroup cgroup = new Cgroup(procRoot, cgroupRoot);
            Optional<CpuAllotment> given = cgroup.cpus(logicalCpus);
            OptionalLong memory = cgroup.memoryBytes(machine.memoryBytes());
            Load load = given.<Load>map(ContainerLoad::new).orElseGet(() -> new MachineLoad(procRoot));
            if (!load.refresh(0)) {
                return Optional.empty();
            }
            return Optional.of(new ModelProbe(
                    machine,
                    load,
                    given.map(CpuAllotment::cpus).orElse((double) logicalCpus),
                    given.isPresent() ? Scope.CONTAINER : Scope.MACHINE,
                    memory.orElse(machine.memoryBytes()),
                    memory.isPresent() ? Scope.CONTAINER : Scope.MACHINE));
        });
    }

    /** A whole machine that is read in another way. */
    static ModelProbe of(Machine machine, Load load) {
        int cpus = machine.processor().logicalCpus();
        return new ModelProbe(machine, load, cpus, Scope.MACHINE, machine.memoryBytes(), Scope.MACHINE);
    }

    /**
     * Lets the first reading cover the time since now. Called before the first reading, while it is not known whether the
     * model is needed.
     *
     * @param nowNanos now, on the clock of the readings
     */
    public void prepare(long nowNanos) {
        if (load.refresh(nowNanos)) {
            prepared = true;
            preparedNanos = nowNanos;
            open(nowNanos);
        }
    }

    /** The description of the model. */
    public ModelDescription description() {
        return description;
    }

    @Override
    public String name() {
        return "model";
    }

    @Override
    public List<EnergyDomain> domains() {
        return domains;
    }

    @Override
    public long minPeriodNanos() {
        return PERIOD_NANOS;
    }

    @Override
    public void read(Readings into) {
        if (into.wants(CPU)) {
            readProcessor(into);
        }
        if (domains.size() > DRAM && into.wants(DRAM)) {
            if (prepared) {
                into.power(DRAM, preparedNanos, preparedNanos, memoryMicrowatts);
            }
            long now = into.nanoTime();
            into.power(DRAM, now, now, memoryMicrowatts);
        }
        prepared = false;
    }

    private void readProcessor(Readings into) {
        long before = into.nanoTime();
        if (!load.refresh(before)) {
            windowOpen = false;
            into.failed(CPU);
            return;
        }
        long after = into.nanoTime();
        long busy = load.busyNanos() - windowStartBusy;
        long capacity = load.capacityNanos() - windowStartCapacity;
        if (windowOpen && capacity == 0) {
            return;
        }
        if (windowOpen && capacity > 0 && busy >= 0) {
            long microwatts = Math.round(curve.wattsAt(busy / (double) capacity) * 1e6);
            // Just after the last window, whose power is valid until its end.
            into.power(CPU, windowStartNanos + 1, windowStartNanos + 1, microwatts);
            into.power(CPU, before, after, microwatts);
        }
        open(before + (after - before) / 2);
    }

    private void open(long nanos) {
        windowOpen = true;
        windowStartNanos = nanos;
        windowStartBusy = load.busyNanos();
        windowStartCapacity = load.capacityNanos();
    }

    @Override
    public void close() {
        load.close();
    }

    private static EnergyDomain domain(Component component, String device, String name, Scope scope, String source) {
        return new EnergyDomain(component, device, name, "", Quality.MODELLED, scope, source, new Sensor.Power(0));
    }
}
