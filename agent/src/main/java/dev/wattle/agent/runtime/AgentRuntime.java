/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import dev.wattle.agent.bridge.TrainingBridge;
import dev.wattle.agent.config.AgentConfig;
import dev.wattle.agent.export.EndpointConfig;
import dev.wattle.agent.export.JdkSelectorProvider;
import dev.wattle.agent.instrument.TrainingInstrumentation;
import dev.wattle.agent.intensity.RunCarbon;
import dev.wattle.agent.jfr.JfrEvents;
import dev.wattle.agent.log.LibraryLog;
import dev.wattle.agent.log.StderrQueue;
import dev.wattle.agent.premain.AgentContext;
import dev.wattle.agent.premain.StderrLog;
import dev.wattle.agent.track.Trackers;
import dev.wattle.core.boundary.FrameworkTable;
import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.TrainingObserver;
import dev.wattle.core.forecast.BudgetMonitor;
import dev.wattle.core.ledger.RunIdentity;
import dev.wattle.core.report.json.EpochJournalBuffer;
import dev.wattle.core.report.json.JournalLines;
import dev.wattle.core.report.json.JournalLines.Batch;
import dev.wattle.core.report.json.RunJson;
import dev.wattle.core.report.text.BudgetText;
import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.core.sampling.MeterThreads;
import dev.wattle.core.snapshot.RunSnapshot;
import dev.wattle.core.snapshot.TrainingsSnapshot;
import dev.wattle.core.window.ProgramMeter;
import dev.wattle.probes.SourceSearch;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The wiring of one metered run. Each part is registered for closing as soon as it is open; a start that fails and a detach
 * close what is open, in reverse order.
 *
 * <p>Runs on the thread {@code wattle-agent}, which then writes the journal. Where an endpoint or a journal cannot be
 * opened, a line says so and the rest continues.
 */
public final class AgentRuntime {
    private final AgentContext context;
    private final MeterThreads threads;
    private final Closer closer;
    private final StderrQueue stderr;
    private final Consumer<String> log;
    private final AgentConfig config;
    private final RunIdentity identity;
    private final TrainingStops stops = new TrainingStops();
    private final BoundaryCollector boundaries = new BoundaryCollector(stops);
    private final FrameworkTable frameworks = new FrameworkTable();
    private final TrainingInstrumentation instrumentation;
    private final EnergyMeter meter;
    private final SourceReporter sources;
    private final RunCarbon carbon;
    private final Optional<BudgetMonitor> budget;
    private final EpochJournalBuffer epochs = new EpochJournalBuffer();
    private final JournalLines journalLines;
    private final JournalWriter journal;
    private final JournalContent journalContent = new JournalContent();
    private final JfrEvents jfr;
    private final Optional<Trackers> trackers;
    private final RunWriter writer;

    private volatile Optional<LiveEndpoint> endpoint = Optional.empty();

    private AgentRuntime(AgentContext context, MeterThreads threads, Closer closer) {
        this.context = context;
        this.threads = threads;
        this.closer = closer;
        this.stderr = StderrQueue.start(context.err(), threads);
        closer.register(stderr::close);
        this.log = line -> {
            stderr.accept(line);
            context.response().note(line);
        };
        LibraryLog.to(log);
        closer.register(boundaries::stop);
        this.instrumentation = connectTraining();
        this.config = AgentConfig.ofThisJvm(context.arguments(), log);
        SourceSearch search = MeterStarter.search(config, context.baseline());
        this.meter = MeterStarter.start(search, config.intervalNanos(), threads, log);
        closer.register(meter::close);
        this.sources = new SourceReporter(search, meter, log);
        ModelFallback.watch(search, meter);
        OverlapMonitor.watch(meter, log);
        this.carbon = RunCarbon.start(config.carbon(), config.live(), threads, log);
        closer.register(carbon::close);
        this.budget = config.budget().map(limit -> new BudgetMonitor(limit, config.stopsAtBudget(), config.carbon()));
        this.identity = RunIdentityFactory.of(config, context.agentJar(), context.startEpochMillis());
        this.journalLines = new JournalLines(
                epochs, () -> meter.domains().stream().map(DomainMeter::domain).toList());
        this.journal = JournalWriter.open(config.ledger(), identity, log);
        closer.register(journal::end);
        this.jfr = new JfrEvents(meter, log);
        closer.register(jfr::close);
        this.trackers = startTrackers();
        this.writer = startWriter();
    }

    /** Meters until the JVM ends or a detach; called once, on the thread {@code wattle-agent}. */
    public static void start(AgentContext context) {
        MeterThreads threads = new MeterThreads();
        // Made before anything else: a start that fails for want of memory must still close what is open.
        Consumer<String> lastLog = line -> StderrLog.print(context.err(), line);
        threads.count(() -> {
            Closer closer = new Closer();
            AgentRuntime runtime;
            try {
                runtime = new AgentRuntime(context, threads, closer);
                runtime.publish();
            } catch (Throwable t) {
                closer.close(lastLog);
                throw t;
            }
            runtime.writeJournal();
        });
    }

    private TrainingInstrumentation connectTraining() {
        TrainingBridge.connect(boundaries);
        closer.register(() -> TrainingBridge.connect(null));
        TrainingInstrumentation armed = TrainingInstrumentation.arm(
                context.instrumentation(),
                context.filter(),
                work -> threads.create("instrument", work),
                frameworks::found,
                log);
        closer.register(armed::close);
        if (context.attached()) {
            armed.scanLoaded();
        }
        return armed;
    }

    private Optional<Trackers> startTrackers() {
        if (!config.trackers().isAny()) {
            // Their classes need not be loaded.
            return Optional.empty();
        }
        Trackers started = Trackers.start(config.trackers(), identity, carbon::now, threads, log);
        closer.register(started::close);
        return Optional.of(started);
    }

    private void keep(EpochRecord epoch) {
        epochs.epoch(epoch);
        journal.epochEnded();
    }

    private RunWriter startWriter() {
        TrainingObserver events = trackers.map(started -> started.before(jfr)).orElse(jfr);
        // Without a journal nobody would empty its buffer of epochs.
        TrainingObserver observer = config.ledger().isPresent() ? events.withEpochs(this::keep) : events;
        ProgramMeter program = boundaries.program(meter, observer, log);
        RunFigures figures = new RunFigures(
                boundaries,
                new RunFigures.Inputs(
                        meter,
                        boundaries.training(meter, config.epochs(), observer),
                        program,
                        frameworks,
                        stops,
                        budget,
                        carbon,
                        instrumentation::findings,
                        context.startNanos()),
                this::snapshot,
                log);
        RunWriter created = new RunWriter(figures, threads);
        closer.register(created::finish);
        budget.ifPresent(monitor -> warnOfBudget(monitor, figures));
        // In this order: the program's earlier epochs are in the queue before the writer takes anything out of it.
        program.connect();
        created.start();
        return created;
    }

    private RunSnapshot snapshot(TrainingsSnapshot trainings) {
        long wallNanos = System.nanoTime() - context.startNanos();
        return RunSnapshot.of(identity, carbon.now(), wallNanos, meter, frameworks, threads, trainings);
    }

    private void warnOfBudget(BudgetMonitor monitor, RunFigures figures) {
        monitor.addListener((percent, state) -> {
            log.accept(BudgetText.warning(percent, state, figures.forecasts(), carbon.now()));
            if (percent == 100 && monitor.isStopRequested()) {
                stops.request("wattle: the budget of " + state.budget().text() + " is used up");
                log.accept("of those asked, " + BudgetText.CAN_END);
            }
            jfr.budget(state.budget().text(), state.usedRatio(), state.stops());
        });
    }

    /** Makes the run visible: at the JVM's end, in the journal, at the endpoint, on standard error, to JFR and to a detach. */
    private void publish() {
        FinalReport.Parts parts = new FinalReport.Parts(meter, writer, journal, journalLines, sources, trackers);
        FinalReport end = new FinalReport(parts, config.summary(), stderr, log, this::closeEndpoint);
        context.atExit(end);
        if (context.isJvmEnding()) {
            // Only the final report is wanted, and soon.
            return;
        }
        // Before the steps that take long on an overloaded machine.
        journal.writeFirstCheckpoint(journalContent);
        endpoint = config.http().flatMap(this::serve);
        closer.register(this::closeEndpoint);
        String live = endpoint.map(open -> "; live at " + open.url()).orElse("");
        String metering = "metering " + sources.awaitSources() + live;
        if (!meter.isClosed()) {
            stderr.accept(metering);
        }
        threads.started();
        jfr.listen();
        // Last, since a detach closes everything that was opened before.
        context.started(metering + "\njournal " + journal.place() + "\n", () -> detach(end));
    }

    private Optional<LiveEndpoint> serve(EndpointConfig address) {
        try {
            return Optional.of(LiveEndpoint.start(
                    address,
                    new LiveEndpoint.Run(identity, meter, frameworks, threads, writer::now),
                    JdkSelectorProvider.get(context.instrumentation()),
                    log));
        } catch (Throwable e) {
            log.accept("no live endpoint at " + address.host() + ":" + address.port() + ": " + e);
        }
        return Optional.empty();
    }

    private void closeEndpoint() {
        endpoint.ifPresent(LiveEndpoint::close);
    }

    private String detach(FinalReport end) {
        try {
            return end.detach();
        } finally {
            closer.close(log);
        }
    }

    private void writeJournal() {
        try {
            journal.run(journalContent);
        } catch (Throwable t) {
            StderrLog.print(context.err(), "the journal " + journal.place() + " is not written any further: " + t);
        }
    }

    private final class JournalContent implements JournalWriter.Content {
        @Override
        public Batch firstLine() {
            return journalLines.run(identity, config.carbon());
        }

        @Override
        public Batch epochs() {
            return journalLines.epochs(carbon.now());
        }

        @Override
        public Batch checkpoint() {
            RunWriter.Published now = writer.now();
            Batch batch = journalLines.checkpoint(now.run(), now.at());
            endpoint.ifPresent(
                    open -> batch.lines().get(batch.lines().size() - 1).addProperty(RunJson.PAGE, open.url()));
            return batch;
        }
    }
}
