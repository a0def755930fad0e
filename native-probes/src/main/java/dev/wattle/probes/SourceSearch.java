/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes;

import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EarlyReading;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.EnergySource;
import dev.wattle.core.probe.EnergySource.Look;
import dev.wattle.core.sampling.ProcessorTimes;
import dev.wattle.probes.hwmon.HwmonProbe;
import dev.wattle.probes.hwmon.MeteredElsewhere;
import dev.wattle.probes.load.CpuTimes;
import dev.wattle.probes.model.CpuInfo;
import dev.wattle.probes.model.ModelDescription;
import dev.wattle.probes.model.ModelSource;
import dev.wattle.probes.model.QuotaCpuTimes;
import dev.wattle.probes.nvml.NvmlSource;
import dev.wattle.probes.perf.PerfProbe;
import dev.wattle.probes.powercap.PowercapProbe;
import dev.wattle.probes.source.Finding;
import dev.wattle.probes.source.Findings;
import dev.wattle.probes.source.Fix;
import dev.wattle.probes.source.ProbeKind;
import dev.wattle.probes.source.SourceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Finds the probes for a machine. It searches each source separately, so that one that does not answer delays no other.
 *
 * <p>powercap's counters are plain files and are found at once. The other {@linkplain #sources sources} are searched on
 * threads of their own. One source can make another unnecessary: hardware monitors wait for NVML, and the model waits for
 * every source that may measure the processors, but no longer than {@value #PATIENCE_MILLIS} ms. The model covers the time
 * that it waited, and retires if a counter answers later. Nothing here throws; what cannot be used becomes a finding.
 * Thread-safe.
 */
public final class SourceSearch {
    private static final long PATIENCE_MILLIS = 2_000;

    private final Hardware hardware;
    private final List<EarlyReading> early;
    private final long startNanos = System.nanoTime();
    private final SearchAnswers answers;
    private final ModelSearch model;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final List<EnergyProbe> plain;
    private volatile boolean processorsCounted;
    private volatile boolean countersDoubted;
    private volatile double allocatedCpus;

    private SourceSearch(Hardware hardware, Set<ProbeKind> kinds, List<EarlyReading> early) {
        this.hardware = hardware;
        this.early = early;
        this.answers = new SearchAnswers(kinds);
        this.model = new ModelSearch(hardware);
        look(ProbeKind.POWERCAP, this::findPowercap);
        this.plain = answers.probesOf(ProbeKind.POWERCAP);
    }

    /**
     * Searches the counters in plain files. Takes milliseconds, or longer where it has to wait for a counter to change.
     *
     * @param early readings that were taken before; the energy of their counters counts from then on
     */
    public static SourceSearch start(Hardware hardware, Set<ProbeKind> kinds, List<EarlyReading> early) {
        return new SourceSearch(hardware, kinds, early);
    }

    /** The probes that were found at once. The caller closes them. */
    public List<EnergyProbe> plainProbes() {
        return plain;
    }

    /** The sources to search on threads of their own. The thread that searches one closes what it finds. */
    public List<EnergySource> sources() {
        List<EnergySource> sources = new ArrayList<>();
        add(sources, ProbeKind.PERF, true, last -> look(ProbeKind.PERF, this::findPerf));
        add(sources, ProbeKind.NVML, true, last -> look(ProbeKind.NVML, this::findNvidia));
        add(sources, ProbeKind.HWMON, true, this::lookForMonitors);
        add(sources, ProbeKind.MODEL, !ModelSource.readsPlainFiles(), this::lookForModel);
        return sources;
    }

    /** Runs the action each time a source has answered, on the thread that searched it. */
    public void whenAnswered(Runnable action) {
        listeners.add(action);
    }

    /** What is known now. Its probes belong to those who searched them. */
    public synchronized Discovery discovery() {
        List<Finding> findings = new ArrayList<>();
        Set<String> socketsOfPerf = answers.socketsOf(ProbeKind.PERF);
        for (Findings found : answers.all()) {
            for (Finding finding : found.findings()) {
                findings.add(besideOtherSources(finding, socketsOfPerf));
            }
        }
        List<String> remarks = new ArrayList<>();
        if (!countersDoubted && answers.counts(Component.CPU) && !answers.meters(Component.DRAM)) {
            // A modelled figure might count the memory twice: on some client processors the package's counter includes
            // it.
            remarks.add("The processors are measured but this machine has no memory counter: the energy of its memory"
                    + " is missing from every total.");
        }
        return new Discovery(answers.probes(), findings, remarks, model.description());
    }

    /** The names of the wanted sources that have not answered yet, in the order of the search. */
    public List<String> unanswered() {
        return Stream.of(ProbeKind.values())
                .filter(this::isUnanswered)
                .map(ProbeKind::word)
                .toList();
    }

    /** The processor times for this JVM's share of the processors' energy, if the system reports them. */
    public Optional<ProcessorTimes> processorTimes() {
        try {
            CpuTimes times = new CpuTimes(hardware.procRoot());
            return Optional.of(
                    times.refresh()
                            ? new TimesByScope(times, () -> allocatedCpus)
                            : QuotaCpuTimes.ofJvm(Runtime.getRuntime().availableProcessors()));
        } catch (Exception | LinkageError e) {
            return Optional.empty();
        }
    }

    /**
     * Lets the model replace the processors' counters, which cannot be right, if the model is wanted.
     *
     * @param join receives the model if it was not needed before, and closes it
     * @return whether the model replaces them, now or once it has been searched
     */
    public boolean standInForCounters(Consumer<EnergyProbe> join) {
        if (!answers.isWanted(ProbeKind.MODEL) || answers.metersModules()) {
            return false;
        }
        countersDoubted = true;
        processorsCounted = false;
        if (isUnanswered(ProbeKind.MODEL)) {
            return true;
        }
        Optional<EnergyProbe> found =
                look(ProbeKind.MODEL, () -> model.find(() -> processorsCounted)).probe();
        found.ifPresent(join);
        return found.isPresent();
    }

    private interface Looking {
        Look look(boolean last);
    }

    private void add(List<EnergySource> to, ProbeKind kind, boolean mayBlock, Looking looking) {
        if (!answers.isWanted(kind)) {
            return;
        }
        to.add(new EnergySource() {
            @Override
            public String name() {
                return kind.word();
            }

            @Override
            public boolean mayBlock() {
                return mayBlock;
            }

            @Override
            public Look look(boolean last) {
                return looking.look(last);
            }

            @Override
            public String remedy() {
                return new Finding(kind, "", SourceState.REFUSED, "", fixesFor(kind))
                        .note()
                        .strip();
            }
        });
    }

    private Look look(ProbeKind kind, Supplier<Findings> search) {
        if (!answers.isWanted(kind)) {
            return Look.NOTHING;
        }
        Findings found;
        try {
            found = search.get();
        } catch (Exception | LinkageError e) {
            found = Findings.nothing(new Finding(
                    kind,
                    "",
                    SourceState.REFUSED,
                    "The source " + kind.word() + " cannot be used: " + e + ".",
                    List.of()));
        }
        return answer(kind, found);
    }

    private Look answer(ProbeKind kind, Findings found) {
        synchronized (this) {
            answers.put(kind, found);
            processorsCounted = answers.metersModules() || !countersDoubted && answers.measuresProcessors();
            allocatedCpus = processorsCounted ? 0 : containersCpus();
        }
        listeners.forEach(Runnable::run);
        return found.probe().map(Look::found).orElse(Look.NOTHING);
    }

    /** The processors allocated to a container, if only those are metered; else 0. */
    private double containersCpus() {
        return answers.metersContainer()
                ? model.description().map(ModelDescription::cpus).orElse(0.0)
                : 0;
    }

    private Findings findPowercap() {
        return PowercapProbe.find(hardware.powercapRoot(), CpuInfo.processorName(hardware.procRoot()), early);
    }

    /** Another way to powercap's counters, for those that powercap cannot read. */
    private Findings findPerf() {
        return PerfProbe.find(
                hardware.perfRoot(), hardware.cpuRoot(), hardware.procRoot(), answers.socketsOf(ProbeKind.POWERCAP));
    }

    private Findings findNvidia() {
        return NvmlSource.find(hardware.procRoot(), hardware.nvmlLibrary(), System.getenv());
    }

    private Look lookForMonitors(boolean last) {
        return !last && isWaitingFor(ProbeKind.NVML) ? Look.NOT_YET : look(ProbeKind.HWMON, this::findHwmon);
    }

    /** Until NVML has answered, its GPUs may exist and must not be counted twice. */
    private Findings findHwmon() {
        boolean gpus = answers.meters(Component.GPU) || isUnanswered(ProbeKind.NVML);
        MeteredElsewhere elsewhere = gpus ? MeteredElsewhere.GPUS : MeteredElsewhere.NOTHING;
        return HwmonProbe.find(hardware.hwmonRoot(), answers.metersModules() ? MeteredElsewhere.MODULES : elsewhere);
    }

    private Look lookForModel(boolean last) {
        boolean waits = isWaitingFor(ProbeKind.PERF) || isWaitingFor(ProbeKind.NVML) || isWaitingFor(ProbeKind.HWMON);
        if (!processorsCounted && waits && !last) {
            model.prepare();
            return Look.NOT_YET;
        }
        return look(ProbeKind.MODEL, () -> model.find(() -> processorsCounted));
    }

    private boolean isWaitingFor(ProbeKind kind) {
        return isUnanswered(kind) && System.nanoTime() - startNanos < PATIENCE_MILLIS * 1_000_000;
    }

    /** Drops the fixes of a source whose hardware another source measures. */
    private Finding besideOtherSources(Finding finding, Set<String> socketsOfPerf) {
        if (finding.state() == SourceState.ABSENT && processorsCounted) {
            return Finding.absent(finding.kind(), finding.place(), finding.what());
        }
        return finding.kind() == ProbeKind.POWERCAP && !socketsOfPerf.isEmpty()
                ? finding.besides(socketsOfPerf)
                : finding;
    }

    /** The finding about a source that has not answered for some seconds. */
    Finding unanswered(ProbeKind kind, long seconds) {
        return new Finding(
                kind,
                "",
                SourceState.REFUSED,
                "The source " + kind.word() + " has not answered for " + seconds + " s, so it is not metered.",
                fixesFor(kind));
    }

    boolean isUnanswered(ProbeKind kind) {
        return answers.isUnanswered(kind);
    }

    private List<Fix> fixesFor(ProbeKind kind) {
        return switch (kind) {
            case NVML -> NvmlSource.fixesForSilence(OpenFileLimit.of(hardware.procRoot()));
            case HWMON -> List.of(new Fix("see which sensor blocks, for example behind a broken bus", "sensors"));
            default -> List.of();
        };
    }
}
