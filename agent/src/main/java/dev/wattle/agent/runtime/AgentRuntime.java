/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import dev.wattle.agent.bridge.TrainingBridge;
import dev.wattle.agent.config.AgentConfig;
import dev.wattle.agent.export.EndpointConfig;
import dev.wattle.agent.export.JdkSelectorProvider;
import dev.wattle.agent.export.SummaryTarget;
import dev.wattle.agent.instrument.TrainingInstrumentation;
import dev.wattle.agent.jfr.JfrEvents;
import dev.wattle.agent.log.LibraryLog;
import dev.wattle.agent.log.StderrQueue;
import dev.wattle.agent.premain.AgentContext;
import dev.wattle.agent.premain.LastReport;
import dev.wattle.agent.premain.StderrLog;
import dev.wattle.agent.premain.counters.Baseline;
import dev.wattle.core.boundary.FrameworkTable;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.TrainingObserver;
import dev.wattle.core.forecast.BudgetMonitor;
import dev.wattle.core.ledger.RunIdentity;
import dev.wattle.core.probe.EarlyReading;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.report.json.EpochJournalBuffer;
import dev.wattle.core.report.json.JournalLines;
import dev.wattle.core.report.json.JournalLines.Batch;
import dev.wattle.core.report.text.BudgetText;
import dev.wattle.core.report.text.SummaryText;
import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.core.sampling.MeterThreads;
import dev.wattle.core.snapshot.RunSnapshot;
import dev.wattle.core.snapshot.TrainingsSnapshot;
import dev.wattle.core.time.SamplingClock;
import dev.wattle.core.window.ProgramMeter;
import dev.wattle.probes.Discovery;
import dev.wattle.probes.SourceSearch;
import dev.wattle.probes.jna.PrivateJna;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One metered run: wires the parts together, keeps the journal, and says at the end what was used.
 *
 * <p>Everything happens on the thread {@code wattle-agent} and on those it starts. A part that cannot be had, an endpoint
 * or a journal, is said in a line and the rest goes on.
 */
public final class AgentRuntime {

    private static final long JOURNAL_MILLIS = 900;
    private static final long FLUSH_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final AgentContext arrival;
    private final MeterThreads threads;
    private final OpenParts parts;
    private final StderrQueue stderr;
    private final Consumer<String> log;
    private final AgentConfig config;
    private final CarbonSettings carbon;
    private final RunIdentity identity;
    private final TrainingStops stops = new TrainingStops();
    private final BoundaryCollector boundaries = new BoundaryCollector(stops);
    private final FrameworkTable frameworks = new FrameworkTable();
    private final SourceSearch search;
    private final SourceNews news;
    private final EnergyMeter meter;
    private final JfrEvents jfr;
    private final RunWriter writer;
    private final JournalWriter journal;
    private final EpochJournalBuffer epochLines = new EpochJournalBuffer();
    private final JournalLines journalLines;
    private final JournalContent journalContent = new JournalContent();
    private final Optional<BudgetMonitor> budget;
    private final TrainingInstrumentation instrumentation;

    private volatile Optional<LiveEndpoint> endpoint = Optional.empty();

    private AgentRuntime(AgentContext arrival, MeterThreads threads, OpenParts parts) {
        this.arrival = arrival;
        this.threads = threads;
        this.parts = parts;
        this.stderr = StderrQueue.start(arrival.err(), threads);
        parts.opened(stderr::close);
        this.log = line -> {
            stderr.accept(line);
            arrival.response().note(line);
        };
        LibraryLog.to(log);
        parts.opened(boundaries::stop);
        this.instrumentation = connectTraining();
        this.config = AgentConfig.ofThisJvm(arrival.arguments(), log);
        config.ledger().ifPresent(PrivateJna::alsoTry);
        this.search = SourceSearch.start(config.hardware(), config.sources(), early(arrival.baseline()));
        this.meter = startMeter();
        parts.opened(meter::close);
        this.journalLines = new JournalLines(
                epochLines,
                () -> meter.domains().stream().map(DomainMeter::domain).toList());
        this.news = new SourceNews(search, meter, log);
        ModelSelection.watch(search, meter);
        OverlapWatch.watch(meter, log);
        this.carbon = config.carbon();
        this.budget = config.budget().map(given -> new BudgetMonitor(given, config.stopsAtBudget(), carbon));
        this.identity = RunIdentityFactory.of(config, arrival.agentJar(), arrival.startEpochMillis());
        this.journal = JournalWriter.open(config.ledger(), identity, log);
        parts.opened(journal::end);
        this.jfr = new JfrEvents(meter, log);
        parts.opened(jfr::close);
        // Without a journal nobody takes its lines away.
        TrainingObserver observer = config.ledger().isPresent() ? new TrainingObservers(journaled(), jfr) : jfr;
        this.writer = startWriter(observer);
    }

    /** Meters until the JVM ends or the run leaves it; called once, on the thread {@code wattle-agent}. */
    public static void start(AgentContext arrival) {
        MeterThreads threads = new MeterThreads();
        // Made now: a start that fails for want of memory must still close what it has opened.
        Consumer<String> last = line -> StderrLog.print(arrival.err(), line);
        threads.count(() -> {
            OpenParts parts = new OpenParts();
            AgentRuntime runtime;
            try {
                runtime = new AgentRuntime(arrival, threads, parts);
                runtime.begin();
            } catch (Throwable t) {
                // The JVM goes on without us.
                parts.close(last);
                throw t;
            }
            runtime.keepJournal();
        });
    }

    private void begin() {
        arrival.atExit(new ExitReport());
        if (arrival.isJvmEnding()) {
            // Only the last line is wanted, and soon.
            return;
        }
        // Before what takes long on a machine that has too much to do.
        journal.begin(journalContent);
        String metering = publish();
        threads.started();
        jfr.listen();
        // Not before: a detach takes back all that was started until here.
        arrival.started(metering, this::leave);
    }

    private EnergyMeter startMeter() {
        try {
            return EnergyMeter.start(
                    search.plainProbes(),
                    search.sources(),
                    config.intervalNanos(),
                    search.processorTimes(),
                    threads,
                    SamplingClock.system(),
                    log);
        } catch (Throwable t) {
            search.plainProbes().forEach(EnergyProbe::close);
            throw t;
        }
    }

    private static List<EarlyReading> early(Baseline baseline) {
        List<EarlyReading> early = new ArrayList<>();
        for (int i = 0; i < baseline.size(); i++) {
            early.add(new EarlyReading(baseline.file(i).toPath(), baseline.nanos(i), baseline.microjoules(i)));
        }
        return early;
    }

    private TrainingObserver journaled() {
        return new TrainingObserver() {
            @Override
            public void epoch(EpochRecord epoch) {
                epochLines.epoch(epoch);
                journal.news();
            }
        };
    }

    private RunWriter startWriter(TrainingObserver observer) {
        ProgramMeter program = boundaries.program(meter, observer, log);
        RunWriter created = new RunWriter(
                boundaries,
                new RunWriter.Parts(
                        meter,
                        boundaries.training(meter, config.epochs(), observer),
                        program,
                        frameworks,
                        stops,
                        budget,
                        instrumentation::findings,
                        arrival.startNanos()),
                this::report,
                threads,
                log);
        parts.opened(created::finish);
        budget.ifPresent(given -> warn(given, created));
        // In this order: what the program has opened before is in the queue before anything is taken out.
        program.connect();
        created.start();
        return created;
    }

    private void warn(BudgetMonitor given, RunWriter created) {
        given.addListener((percent, state) -> {
            log.accept(BudgetText.warning(percent, state, created.forecasts(), carbon));
            if (percent == 100 && given.isStopRequested()) {
                stops.ask("wattle: the budget of " + state.budget().text() + " is used up");
                log.accept("of those asked, " + BudgetText.CAN_END);
            }
            jfr.budget(state.budget().text(), state.usedRatio(), state.stops());
        });
    }

    private TrainingInstrumentation connectTraining() {
        TrainingBridge.connect(boundaries);
        parts.opened(() -> TrainingBridge.connect(null));
        TrainingInstrumentation armed = TrainingInstrumentation.arm(
                arrival.instrumentation(),
                arrival.filter(),
                work -> threads.create("instrument", work),
                frameworks::found,
                log);
        parts.opened(armed::close);
        if (arrival.attached()) {
            armed.scanLoaded();
        }
        return armed;
    }

    /** Tells what is metered, and where to look. */
    private String publish() {
        endpoint = config.http().flatMap(this::serve);
        endpoint.ifPresent(open -> parts.opened(open::close));
        String live = endpoint.map(open -> "; live at " + open.url()).orElse("");
        String metering = "metering " + news.begin() + live;
        if (!meter.isClosed()) {
            stderr.accept(metering);
        }
        return metering + "\njournal " + journal.place() + "\n";
    }

    private Optional<LiveEndpoint> serve(EndpointConfig address) {
        try {
            return Optional.of(LiveEndpoint.start(
                    address,
                    new LiveEndpoint.Subject(identity, meter, carbon, frameworks, budget, threads, writer::now),
                    JdkSelectorProvider.get(arrival.instrumentation()),
                    log));
        } catch (Throwable e) {
            log.accept("no live endpoint at " + address.host() + ":" + address.port() + ": " + e);
        }
        return Optional.empty();
    }

    /** The run goes on without it. */
    private void keepJournal() {
        try {
            journal.keep(journalContent);
        } catch (Throwable t) {
            StderrLog.print(arrival.err(), "the journal " + journal.place() + " is kept no longer: " + t);
        }
    }

    /**
     * The JVM goes on without us: takes the last reading, leaves nothing behind, and hands the summary to who asked. A
     * file that was named for it gets it too; standard error is for when there is nobody else to tell.
     */
    private String leave() {
        try {
            String summary = end(new SummaryWriter(new SummaryTarget.Off(), stderr), () -> {});
            if (config.summary() instanceof SummaryTarget.TextFile file) {
                file.write(summary, stderr);
            }
            return summary;
        } finally {
            parts.close(log);
        }
    }

    /** Each step is short but for the wait for what it names, and that is bounded. */
    private String end(SummaryWriter summary, Runnable step) {
        meter.close();
        step.run();
        summary.totals(SummaryText.totals(report(TrainingsSnapshot.NONE)));
        step.run();
        RunWriter.Published last = writer.finish();
        step.run();
        RunSnapshot report = last.run();
        finishJournal(() -> journalLines.summary(report, last.at()));
        step.run();
        String rest = SummaryText.rest(report, remarks(), journal.place());
        String whole = SummaryText.totals(report) + rest;
        step.run();
        summary.whole(whole, rest);
        return whole;
    }

    private void finishJournal(Supplier<Batch> last) {
        try {
            journal.finish(last, JOURNAL_MILLIS, TimeUnit.MILLISECONDS).ifPresent(log);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private RunSnapshot report(TrainingsSnapshot known) {
        long wallNanos = System.nanoTime() - arrival.startNanos();
        return RunSnapshot.of(identity, carbon, wallNanos, meter, frameworks, threads, known);
    }

    private List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        Discovery discovery = search.discovery();
        discovery.model().ifPresent(model -> remarks.add(MeteringText.model(model)));
        remarks.addAll(SourceNews.silent(meter.unanswered()));
        remarks.addAll(discovery.notes());
        remarks.addAll(instrumentation.findings());
        return remarks;
    }

    /** What the journal holds of this run. */
    private final class JournalContent implements JournalWriter.Content {
        @Override
        public Batch run() {
            return journalLines.run(identity, carbon);
        }

        @Override
        public Batch news() {
            return journalLines.epochs(carbon);
        }

        @Override
        public Batch checkpoint() {
            RunWriter.Published now = writer.now();
            return journalLines.checkpoint(now.run(), now.at());
        }
    }

    /** The JVM ends: it waits for this within the bounds of its exit hook. */
    private final class ExitReport implements LastReport {
        private final SummaryWriter summary = new SummaryWriter(config.summary(), stderr);
        private volatile boolean told;

        @Override
        public void report(Runnable step) {
            try {
                end(summary, step);
                step.run();
                told = stderr.flush(FLUSH_NANOS);
            } finally {
                endpoint.ifPresent(LiveEndpoint::close);
            }
        }

        @Override
        public String missing() {
            return told ? "" : summary.missing() + "; the journal: " + journal.place();
        }
    }
}
