/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes;

import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EarlyReading;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.EnergySource;
import dev.wattle.core.probe.EnergySource.Look;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.probe.Scope;
import dev.wattle.core.sampling.ProcessorTimes;
import dev.wattle.probes.hwmon.HwmonProbe;
import dev.wattle.probes.hwmon.MeteredElsewhere;
import dev.wattle.probes.load.CpuTimes;
import dev.wattle.probes.model.CpuInfo;
import dev.wattle.probes.model.ModelDescription;
import dev.wattle.probes.model.ModelProbe;
import dev.wattle.probes.model.ModelSource;
import dev.wattle.probes.model.QuotaCpuTimes;
import dev.wattle.probes.nvml.NvmlSource;
import dev.wattle.probes.perf.PerfProbe;
import dev.wattle.probes.powercap.PowercapProbe;
import dev.wattle.probes.source.Finding;
import dev.wattle.probes.source.Findings;
import dev.wattle.probes.source.Fix;
import dev.wattle.probes.source.ProbeKind;
import dev.wattle.probes.source.ProcessorPart;
import dev.wattle.probes.source.SourceState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the probes for a machine, each source apart from the others, so that one that does not answer holds up none.
 *
 * <p>powercap's counters are plain files and are looked for at once. The others are {@linkplain #sources sources}, looked for
 * on threads of their own. What one of them meters may make another superfluous: hardware monitors wait for NVML and the
 * model for whatever may count the processors, but no longer than {@value #PATIENCE_MILLIS} ms; the model covers the time of
 * its own waiting, and retires where a counter answers after all. Nothing here throws; what cannot be used becomes a
 * finding. Thread-safe.
 */
public final class SourceSearch {
    private static final long PATIENCE_MILLIS = 2_000;

    private final Hardware hardware;
    private final Set<ProbeKind> kinds;
    private final List<EarlyReading> early;
    private final long startNanos = System.nanoTime();
    private final Map<ProbeKind, Findings> answers = new EnumMap<>(ProbeKind.class);
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final List<EnergyProbe> plain;
    private volatile Optional<ModelProbe> model = Optional.empty();
    private volatile boolean processorsCounted;
    private volatile boolean countersDoubted;
    private volatile double allottedCpus;
    private boolean modelIsUsed;

    private SourceSearch(Hardware hardware, Set<ProbeKind> kinds, List<EarlyReading> early) {
        this.hardware = hardware;
        this.early = early;
        this.kinds = Set.copyOf(kinds);
        look(ProbeKind.POWERCAP, this::findPowercap);
        this.plain = probesOf(ProbeKind.POWERCAP);
    }

    /**
     * Looks for the counters in plain files. Takes milliseconds, more where one has to be seen to move.
     *
     * @param early readings that were taken before; the energy of counters among them counts from then on
     */
    public static SourceSearch begin(Hardware hardware, Set<ProbeKind> kinds, List<EarlyReading> early) {
        return new SourceSearch(hardware, kinds, early);
    }

    /** What was found at once, owned by the caller. */
    public List<EnergyProbe> plainProbes() {
        return plain;
    }

    /** What is to be looked for meanwhile; what it finds is owned by whoever looks. */
    public List<EnergySource> sources() {
        List<EnergySource> sources = new ArrayList<>();
        add(sources, ProbeKind.PERF, true, last -> look(ProbeKind.PERF, this::findPerf));
        add(sources, ProbeKind.NVML, true, last -> look(ProbeKind.NVML, this::findNvidia));
        add(sources, ProbeKind.HWMON, true, this::lookForMonitors);
        add(sources, ProbeKind.MODEL, !ModelSource.readsPlainFiles(), this::lookForModel);
        return sources;
    }

    /** Runs the action whenever a source has answered, on the thread that looked for it. */
    public void whenAnswered(Runnable action) {
        listeners.add(action);
    }

    /** What is known now; the probes are those found so far, which belong to whoever looked. */
    public synchronized Discovery discovery() {
        List<Finding> findings = new ArrayList<>();
        Set<String> sockets = socketsOf(ProbeKind.PERF);
        for (Findings found : answers.values()) {
            for (Finding finding : found.findings()) {
                findings.add(asSeenBesideOthers(finding, sockets));
            }
        }
        List<String> remarks = new ArrayList<>();
        if (!countersDoubted && counts(Component.CPU) && !meters(Component.DRAM)) {
            // A modelled figure beside a counter might count the memory twice: on some client parts the package's
            // counter holds it.
            remarks.add("The processors are measured but this machine has no memory counter: the energy of its memory"
                    + " is missing from every total.");
        }
        return new Discovery(probes(), findings, remarks, description());
    }

    /** The names of the kinds that were asked for and have not answered yet, in the order of the search. */
    public List<String> unanswered() {
        return Stream.of(ProbeKind.values())
                .filter(this::isUnanswered)
                .map(ProbeKind::word)
                .toList();
    }

    /** For this JVM's share of the processors' energy, where the system tells processor times. */
    public Optional<ProcessorTimes> processorTimes() {
        try {
            CpuTimes times = new CpuTimes(hardware.procRoot());
            return Optional.of(
                    times.refresh()
                            ? new TimesByScope(times, () -> allottedCpus)
                            : QuotaCpuTimes.ofJvm(Runtime.getRuntime().availableProcessors()));
        } catch (Exception | LinkageError e) {
            return Optional.empty();
        }
    }

    /**
     * The counters of the processors are not believed: has the model stand in for them, where it was asked for.
     *
     * @param join takes the model where it was not needed until now, and owns it
     * @return whether it stands in, now or as soon as it is looked for
     */
    public boolean standInForCounters(Consumer<EnergyProbe> join) {
        if (!kinds.contains(ProbeKind.MODEL) || metersModules()) {
            return false;
        }
        countersDoubted = true;
        if (isUnanswered(ProbeKind.MODEL)) {
            processorsCounted = false;
            return true;
        }
        processorsCounted = false;
        Optional<EnergyProbe> found = look(ProbeKind.MODEL, this::findModel).probe();
        found.ifPresent(join);
        return found.isPresent();
    }

    private interface Looking {
        Look look(boolean last);
    }

    private void add(List<EnergySource> to, ProbeKind kind, boolean mayBlock, Looking looking) {
        if (!kinds.contains(kind)) {
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
                return new Finding(kind, "", SourceState.REFUSED, "", remediesFor(kind))
                        .note()
                        .strip();
            }
        });
    }

    private Look look(ProbeKind kind, Supplier<Findings> search) {
        if (!kinds.contains(kind)) {
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
            processorsCounted = countsProcessors();
            allottedCpus = processorsCounted ? 0 : containersCpus();
        }
        listeners.forEach(Runnable::run);
        return found.probe().map(Look::found).orElse(Look.NOTHING);
    }

    private Findings findPowercap() {
        return PowercapProbe.find(hardware.powercapRoot(), CpuInfo.processorName(hardware.procRoot()), early);
    }

    /** Another way to powercap's counters, for those that it does not meter; no longer are they missing there. */
    private Findings findPerf() {
        return PerfProbe.find(
                hardware.perfRoot(), hardware.cpuRoot(), hardware.procRoot(), socketsOf(ProbeKind.POWERCAP));
    }

    private Findings findNvidia() {
        return NvmlSource.find(hardware.procRoot(), hardware.nvmlLibrary(), System.getenv());
    }

    private Look lookForMonitors(boolean last) {
        return !last && isWaitingFor(ProbeKind.NVML) ? Look.NOT_YET : look(ProbeKind.HWMON, this::findHwmon);
    }

    /** GPUs that NVML has not told of yet may be there, and are not to be counted twice when it does. */
    private Findings findHwmon() {
        boolean gpus = meters(Component.GPU) || isUnanswered(ProbeKind.NVML);
        MeteredElsewhere elsewhere = gpus ? MeteredElsewhere.GPUS : MeteredElsewhere.NOTHING;
        return HwmonProbe.find(hardware.hwmonRoot(), metersModules() ? MeteredElsewhere.MODULES : elsewhere);
    }

    private Look lookForModel(boolean last) {
        boolean waits = isWaitingFor(ProbeKind.PERF) || isWaitingFor(ProbeKind.NVML) || isWaitingFor(ProbeKind.HWMON);
        if (!processorsCounted && waits && !last) {
            prepareModel();
            return Look.NOT_YET;
        }
        return look(ProbeKind.MODEL, this::findModel);
    }

    /** What is used while others are waited for is the model's too, should it be needed. */
    private void prepareModel() {
        if (model.isEmpty()) {
            try {
                model = ModelSource.find(hardware.procRoot(), hardware.cgroupRoot())
                        .probe()
                        .filter(ModelProbe.class::isInstance)
                        .map(ModelProbe.class::cast);
                model.ifPresent(probe -> probe.prepare(System.nanoTime()));
            } catch (Exception | LinkageError e) {
                // It is looked for again when it is needed, and what is wrong is said then.
                model = Optional.empty();
            }
        }
    }

    private Findings findModel() {
        if (processorsCounted) {
            model.ifPresent(ModelProbe::close);
            model = Optional.empty();
            return Findings.nothing(new Finding(
                    ProbeKind.MODEL,
                    "",
                    SourceState.UNNEEDED,
                    "The processors are measured, so nothing is modelled.",
                    List.of()));
        }
        Findings found = model.map(probe -> ModelSource.found(probe, hardware.procRoot()))
                .orElseGet(() -> ModelSource.find(hardware.procRoot(), hardware.cgroupRoot()));
        model = found.probe().filter(ModelProbe.class::isInstance).map(ModelProbe.class::cast);
        synchronized (this) {
            modelIsUsed = model.isPresent();
        }
        return new Findings(
                found.probe().map(probe -> new StandInProbe(probe, () -> processorsCounted)), found.findings());
    }

    private synchronized Optional<ModelDescription> description() {
        return modelIsUsed ? model.map(ModelProbe::description) : Optional.empty();
    }

    private boolean isWaitingFor(ProbeKind kind) {
        return isUnanswered(kind) && System.nanoTime() - startNanos < PATIENCE_MILLIS * 1_000_000;
    }

    /** Nobody needs help to find what another source tells. */
    private Finding asSeenBesideOthers(Finding finding, Set<String> socketsOfPerf) {
        if (finding.state() == SourceState.ABSENT && processorsCounted) {
            return Finding.absent(finding.kind(), finding.place(), finding.what());
        }
        return finding.kind() == ProbeKind.POWERCAP && !socketsOfPerf.isEmpty()
                ? finding.besides(socketsOfPerf)
                : finding;
    }

    /** What is to be said of a source that has not answered for so long; nothing of it is known then. */
    Finding unanswered(ProbeKind kind, long seconds) {
        return new Finding(
                kind,
                "",
                SourceState.REFUSED,
                "The source " + kind.word() + " has not answered for " + seconds + " s, so it is not metered.",
                remediesFor(kind));
    }

    boolean isUnanswered(ProbeKind kind) {
        synchronized (this) {
            return kinds.contains(kind) && !answers.containsKey(kind);
        }
    }

    private List<Fix> remediesFor(ProbeKind kind) {
        return switch (kind) {
            case NVML -> NvmlSource.fixesForSilence(OpenFileLimit.of(hardware.procRoot()));
            case HWMON -> List.of(new Fix("see which sensor blocks, as one behind a broken bus does", "sensors"));
            default -> List.of();
        };
    }

    private boolean countsProcessors() {
        return metersModules()
                || !countersDoubted
                        && domains()
                                .anyMatch(domain ->
                                        domain.component() == Component.CPU && domain.quality() != Quality.MODELLED);
    }

    /** The processors that a container was given, where those are what is metered. */
    private double containersCpus() {
        boolean contained =
                domains().anyMatch(domain -> domain.component() == Component.CPU && domain.scope() == Scope.CONTAINER);
        return contained ? description().map(ModelDescription::cpus).orElse(0.0) : 0;
    }

    private boolean meters(Component component) {
        return domains().map(EnergyDomain::component).anyMatch(component::equals);
    }

    /** Whether the energy of GPUs holds the processors beside them. */
    private boolean metersModules() {
        return domains().anyMatch(NvmlSource::isModule);
    }

    /** The sensors of other machines may hold the memory with the processor; a counter is of the processor alone. */
    private boolean counts(Component component) {
        return domains().anyMatch(domain -> domain.component() == component && domain.quality() == Quality.COUNTER);
    }

    private Set<String> socketsOf(ProbeKind kind) {
        return probesOf(kind).stream()
                .flatMap(probe -> probe.domains().stream())
                .map(domain -> ProcessorPart.socketOf(domain.device()))
                .collect(Collectors.toSet());
    }

    private synchronized List<EnergyProbe> probesOf(ProbeKind kind) {
        return Stream.ofNullable(answers.get(kind))
                .flatMap(found -> found.probe().stream())
                .toList();
    }

    private synchronized List<EnergyProbe> probes() {
        return answers.values().stream()
                .flatMap(found -> found.probe().stream())
                .toList();
    }

    private Stream<EnergyDomain> domains() {
        return probes().stream().flatMap(probe -> probe.domains().stream());
    }
}
