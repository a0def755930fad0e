/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.TrainingEpoch;
import dev.wattle.Wattle;
import dev.wattle.agent.intensity.RunCarbon;
import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.FrameworkTable;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.epoch.TrainingObserver;
import dev.wattle.core.forecast.Budget;
import dev.wattle.core.forecast.BudgetMonitor;
import dev.wattle.core.ledger.RunIdentity;
import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.core.sampling.MeterThreads;
import dev.wattle.core.snapshot.RunSnapshot;
import dev.wattle.core.time.SamplingClock;
import dev.wattle.core.window.ProgramMeter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RunWriterTest {
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final RunIdentity RUN =
            new RunIdentity("r", Optional.empty(), Map.of(), "node", 1, "17", "0.1.0", Instant.EPOCH);

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<Integer> percents = new CopyOnWriteArrayList<>();
    private final MeterThreads threads = new MeterThreads();
    private final TrainingStops stops = new TrainingStops();
    private final BoundaryCollector boundaries = new BoundaryCollector(stops);
    private final FrameworkTable frameworks = new FrameworkTable();
    private final EnergyMeter meter =
            EnergyMeter.start(List.of(), 100_000_000L, Optional.empty(), threads, SamplingClock.system(), lines::add);
    private final ProgramMeter program = boundaries.program(meter, new TrainingObserver() {}, lines::add);

    @AfterEach
    void close() {
        meter.close();
    }

    @Test
    void anEpochOfTheProgramDoesNotWaitForTheWritersLock() throws InterruptedException {
        RunWriter writer = writer(Optional.empty());
        writer.start();
        program.connect();
        try {
            Wattle.epoch("mine").close();
            Thread thread = new Thread(() -> {
                try (TrainingEpoch epoch = Wattle.epoch("mine")) {
                    epoch.iteration(1, 0.5);
                }
            });
            thread.setDaemon(true);
            synchronized (writer) {
                thread.start();
                thread.join();
            }
        } finally {
            writer.finish();
        }

        assertThat(lines).isEmpty();
    }

    @Test
    void aReaderDoesNotWaitWithoutEndForTheWritersLock() {
        RunWriter writer = writer(Optional.empty());
        writer.start();
        try {
            RunWriter.Published before = writer.now();
            synchronized (writer) {
                assertThat(writer.now()).isSameAs(before);
            }
            assertThat(writer.now().nanos()).isGreaterThan(before.nanos());
        } finally {
            writer.finish();
        }
    }

    @Test
    void theLastSnapshotHoldsAllThatWasMarkedUntilTheEnd() {
        RunWriter writer = writer(Optional.empty());
        writer.start();
        program.connect();
        try (TrainingEpoch epoch = Wattle.epoch("mine")) {
            epoch.iteration(8, 0.5);
        }
        meter.close();

        RunSnapshot last = writer.finish().run();

        assertThat(last.trainings().snapshot().totals(Framework.CUSTOM).iterations())
                .isEqualTo(1);
        assertThat(last.iterations()).containsEntry(Framework.CUSTOM, 1L);
        assertThat(writer.finish().run()).isSameAs(last);
        assertThat(writer.now().run()).isSameAs(last);
    }

    @Test
    void aWriterWithoutAThreadCanBeRead() {
        RunWriter writer = writer(Optional.empty());

        assertThat(writer.now().nanos()).isLessThan(writer.now().nanos());
        writer.finish();
    }

    @Test
    void aWarningThatFailsPreventsNeitherTheNextOneNorTheEnd() {
        BudgetMonitor budget = new BudgetMonitor(Budget.parse("1s"), true, CarbonSettings.worldDefault());
        budget.addListener((percent, state) -> {
            percents.add(percent);
            if (percent < 100) {
                throw new OutOfMemoryError("Java heap space");
            }
        });
        RunWriter writer = writer(Optional.of(budget));
        writer.start();
        while (percents.size() < 3) {
            writer.now();
        }
        writer.finish();

        assertThat(percents).containsExactly(50, 80, 100);
        assertThat(budget.isStopRequested()).isTrue();
        assertThat(lines).singleElement().asString().contains("Java heap space");
    }

    private RunWriter writer(Optional<BudgetMonitor> budget) {
        RunFigures figures = new RunFigures(
                boundaries,
                new RunFigures.Inputs(
                        meter,
                        boundaries.training(meter, 0, new TrainingObserver() {}),
                        program,
                        frameworks,
                        stops,
                        budget,
                        RunCarbon.start(CarbonSettings.worldDefault(), Optional.empty(), threads, lines::add),
                        List::of,
                        System.nanoTime() - MINUTE_NANOS),
                known -> RunSnapshot.of(RUN, CarbonSettings.worldDefault(), 0, meter, frameworks, threads, known),
                lines::add);
        return new RunWriter(figures, threads);
    }
}
