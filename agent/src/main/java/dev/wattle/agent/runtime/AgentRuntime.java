/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import dev.wattle.agent.bridge.TrainingBridge;
import dev.wattle.agent.export.MetricsEndpoint;
import dev.wattle.agent.instrument.TrainingInstrumentation;
import dev.wattle.agent.log.LibraryLog;
import dev.wattle.agent.premain.Arrival;
import dev.wattle.agent.premain.Notice;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.ledger.RunIdentity;
import dev.wattle.core.meters.BudgetMeters;
import dev.wattle.core.meters.EnergyMeters;
import dev.wattle.core.meters.RunMeters;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.report.BudgetText;
import dev.wattle.core.report.EpochLines;
import dev.wattle.core.report.JournalLines;
import dev.wattle.core.report.JournalLines.Batch;
import dev.wattle.core.report.LiveJson;
import dev.wattle.core.report.ReportJson;
import dev.wattle.core.report.RunReport;
import dev.wattle.core.report.SummaryText;
import dev.wattle.core.report.TrainingReport;
import dev.wattle.core.sampling.DomainMeter;
import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.core.sampling.MeterThreads;
import dev.wattle.core.sampling.SamplingClock;
import dev.wattle.core.training.BudgetWatch;
import dev.wattle.core.training.Framework;
import dev.wattle.core.training.IterationCounts;
import dev.wattle.core.training.Outlooks;
import dev.wattle.core.training.TrainingSnapshot;
import dev.wattle.core.training.WindowTotals;
import dev.wattle.probes.Discovery;
import dev.wattle.probes.Probes;
import dev.wattle.probes.model.ModelDescription;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/**
 * One metered run: wires the parts together, keeps the journal, and says at the end what was used.
 *
 * <p>Everything happens on the thread {@code wattle-agent} and on those it starts. A part that cannot be had, an endpoint
 * or a journal, is said in a line and the rest goes on.
 */
public final class AgentRuntime {

    private static final long JOURNAL_MILLIS = 700;

    private final Arrival arrival;
    private final MeterThreads threads;
    private final Consumer<String> log;
    private final AgentConfig config;
    private final CarbonSettings carbon;
    private final RunIdentity identity;
    private final IterationCounts counts = new IterationCounts();
    private final Discovery discovery;
    private final EnergyMeter meter;
    private final JournalKeeper journal;
    private final EpochLines epochLines = new EpochLines();
    private final JournalLines journalLines = new JournalLines(epochLines);
    private final WindowTotals windows = new WindowTotals();
    private final Outlooks outlooks;
    private final Optional<BudgetWatch> budget;
    /** Held for as long as the run: its meters refer to it weakly. */
    private final RunMeters runMeters;

    private volatile Optional<MetricsEndpoint> endpoint = Optional.empty();

    private AgentRuntime(Arrival arrival, MeterThreads threads) {
        this.arrival = arrival;
        this.threads = threads;
        this.log = line -> Notice.print(arrival.err(), line);
        LibraryLog.to(log);
        connectTraining();
        ConfigValues values = ConfigValues.ofThisJvm(arrival.arguments(), log);
        this.config = ConfigParser.parse(values, log);
        this.discovery = Probes.discover(config.hardware(), config.sources());
        this.meter = EnergyMeter.start(
                discovery.probes(),
                config.intervalNanos(),
                discovery.processorTimes(),
                threads,
                SamplingClock.system(),
                log);
        discovery.notes().forEach(log);
        this.carbon = ConfigParser.carbon(values, log);
        this.outlooks = new Outlooks(config.epochs());
        this.budget = config.budget().map(given -> new BudgetWatch(given, config.stopsAtBudget(), carbon));
        budget.ifPresent(watch -> watch.tell(
                (percent, state) -> log.accept(BudgetText.warning(percent, state, outlooks.latest(), carbon))));
        this.identity = RunIdentities.of(config, version(), arrival.startEpochMillis());
        this.journal = JournalKeeper.open(config.ledger(), identity, log);
        this.runMeters = new RunMeters(identity, meter, counts, threads);
    }

    /** Meters until the JVM ends; called once, on the thread {@code wattle-agent}. */
    public static void start(Arrival arrival) {
        MeterThreads threads = new MeterThreads();
        threads.count(() -> {
            AgentRuntime runtime = new AgentRuntime(arrival, threads);
            arrival.atExit(runtime::finish);
            runtime.publish();
            threads.started();
            runtime.keepJournal();
        });
    }

    private void connectTraining() {
        TrainingBridge.connect(framework -> {
            if (framework == TrainingBridge.DL4J) {
                counts.iteration(Framework.DL4J);
            } else if (framework == TrainingBridge.DJL) {
                counts.iteration(Framework.DJL);
            }
        });
        TrainingInstrumentation armed =
                TrainingInstrumentation.arm(arrival.instrumentation(), arrival.filter(), counts::found, log);
        if (arrival.attached()) {
            armed.lookAtLoaded();
        }
    }

    private void publish() {
        endpoint = config.http().flatMap(this::serve);
        String live = endpoint.map(open -> "; live at " + open.url()).orElse("");
        log.accept("metering " + describeDomains() + live);
    }

    private Optional<MetricsEndpoint> serve(AgentConfig.Address address) {
        try {
            PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            new EnergyMeters(meter, carbon).bindTo(registry);
            runMeters.bindTo(registry);
            budget.ifPresent(watch -> new BudgetMeters(watch).bindTo(registry));
            return Optional.of(MetricsEndpoint.start(
                    address.host(),
                    address.port(),
                    registry,
                    () -> LiveJson.of(report(), Instant.now()).toString(),
                    threads,
                    log));
        } catch (NoClassDefFoundError absent) {
            log.accept("no live endpoint: this Java runtime lacks the module jdk.httpserver");
        } catch (Throwable e) {
            log.accept("no live endpoint at " + address.host() + ":" + address.port() + ": " + e);
        }
        return Optional.empty();
    }

    private void keepJournal() {
        List<EnergyDomain> domains =
                meter.domains().stream().map(DomainMeter::domain).toList();
        journal.keep(ReportJson.run(identity, carbon, domains), () -> journalLines.checkpoint(report(), Instant.now()));
    }

    /** The JVM ends: takes the last reading and tells. Bounded in time, since the JVM waits for it. */
    private void finish() {
        meter.close();
        RunReport report = report();
        // The journal first: standard error may keep us waiting until the JVM goes.
        boolean written = finishJournal(() -> journalLines.summary(report, Instant.now()));
        config.summary().write(SummaryText.of(report, remarks(), journal.place()), arrival.err(), log);
        if (!written) {
            log.accept("the journal's last line could not be written in time; its last checkpoint stands");
        }
        endpoint.ifPresent(MetricsEndpoint::close);
    }

    private boolean finishJournal(Supplier<Batch> last) {
        try {
            return journal.finish(last, JOURNAL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private RunReport report() {
        long wallNanos = System.nanoTime() - arrival.startNanos();
        return RunReport.of(identity, carbon, wallNanos, meter, counts, threads, trainingReport());
    }

    private TrainingReport trainingReport() {
        TrainingSnapshot snapshot = TrainingSnapshot.NONE;
        return new TrainingReport(
                snapshot, outlooks.update(snapshot), budget.map(BudgetWatch::state), windows.totals());
    }

    private List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        discovery.model().ifPresent(model -> remarks.add(describe(model)));
        remarks.addAll(discovery.notes());
        return remarks;
    }

    private static String describe(ModelDescription model) {
        return String.format(
                Locale.ROOT,
                "modelled, error %s: %s, %.2f W idle to %.2f W at full load of %s processors%s; %s",
                model.error(),
                model.model(),
                model.idleWatts(),
                model.fullWatts(),
                model.cpus() == Math.rint(model.cpus()) ? "" + (long) model.cpus() : "" + model.cpus(),
                model.memoryWatts() == 0 ? "" : String.format(Locale.ROOT, ", memory %.2f W", model.memoryWatts()),
                model.source());
    }

    private String describeDomains() {
        if (meter.domains().isEmpty()) {
            return "nothing: no source of energy can be read here";
        }
        Map<Quality, List<String>> devices = new TreeMap<>();
        for (DomainMeter domain : meter.domains()) {
            devices.computeIfAbsent(domain.domain().quality(), quality -> new ArrayList<>())
                    .add(domain.domain().device());
        }
        List<String> parts = new ArrayList<>();
        devices.forEach((quality, names) -> parts.add(String.join(", ", names) + " (" + quality.tag() + ")"));
        return String.join(", ", parts);
    }

    private String version() {
        try (JarFile jar = new JarFile(arrival.agentJar())) {
            String version = jar.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
            return version == null ? "unknown" : version;
        } catch (IOException e) {
            return "unknown";
        }
    }
}
