/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.jfr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.IterationRecord;
import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.WindowRecord;
import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.probe.Readings;
import dev.wattle.core.probe.Scope;
import dev.wattle.core.probe.Sensor;
import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.core.sampling.MeterThreads;
import dev.wattle.core.time.SamplingClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real meter and JFR's own thread, so it takes the second or two that a gap takes. */
class JfrEventsTest {

    private static final Instant BEGAN = Instant.parse("2026-11-22T10:11:12.345Z");
    private static final EnergyDomain BOARD = new EnergyDomain(
            Component.GPU,
            "gpu-0",
            "NVIDIA H100 80GB HBM3",
            "GPU-4f6b2a1c-0000-0000-0000-000000000000",
            Quality.COUNTER,
            Scope.MACHINE,
            "NVML",
            new Sensor.Counter(0));

    @TempDir
    private Path directory;

    private final Board board = new Board();
    private final List<String> log = new ArrayList<>();
    private final EnergyMeter meter = EnergyMeter.start(
            List.of(board), 10_000_000, Optional.empty(), new MeterThreads(), SamplingClock.system(), line -> {});
    private final JfrEvents events = new JfrEvents(meter, log::add);

    @BeforeEach
    void listen() {
        events.listen();
    }

    @AfterEach
    void close() {
        events.close();
        meter.close();
        assertThat(log).isEmpty();
    }

    @Test
    void aGapIsReportedWhileItLastsAndItsLengthsAddUp() throws IOException {
        try (Recording recording = new Recording()) {
            recording.enable("wattle.Gap").withPeriod(Duration.ofMillis(20));
            recording.start();
            await(() -> meter.domains().get(0).isKnown());
            LockSupport.parkNanos(100_000_000);
            board.answers = false;
            await(() -> meter.domains().get(0).coverage().gapNanos() > 100_000_000);
            board.answers = true;
            long covered = meter.domains().get(0).coverage().coveredNanos();
            await(() -> meter.domains().get(0).coverage().coveredNanos() > covered + 100_000_000);
            List<RecordedEvent> gaps = recorded(recording);

            assertThat(gaps).isNotEmpty().allSatisfy(gap -> {
                assertThat(gap.getString("device")).isEqualTo("gpu-0");
                assertThat(gap.getString("component")).isEqualTo("gpu");
                assertThat(gap.getString("reason")).isEqualTo("unknown");
            });
            assertThat(gaps.stream()
                            .mapToLong(gap -> gap.getDuration("length").toNanos())
                            .sum())
                    .isEqualTo(meter.domains().get(0).coverage().gapNanos());
        }
    }

    @Test
    void trainingsAreReportedWithAllThatIsKnown() throws IOException {
        try (Recording recording = new Recording()) {
            recording.start();
            events.epoch(new EpochRecord(
                    2,
                    Framework.DL4J,
                    3,
                    3,
                    BEGAN,
                    1,
                    7_000_000_000L,
                    Map.of(BOARD, 1_500_000_000L),
                    0,
                    40_000_000,
                    5,
                    100,
                    6_400,
                    0.25,
                    Map.of("accuracy", 0.93),
                    true,
                    false,
                    false,
                    List.of()));
            events.window(new WindowRecord("load", BEGAN, 1, 12_000_000, Map.of(BOARD, 2_500_000L), true, 0, false));
            events.budget("2kWh", 0.8, true);
            List<RecordedEvent> told = recorded(recording);

            RecordedEvent epoch = only(told, "wattle.Epoch");
            assertThat(epoch.getInt("training")).isEqualTo(2);
            assertThat(epoch.getString("framework")).isEqualTo("dl4j");
            assertThat(epoch.getInt("epoch")).isEqualTo(3);
            assertThat(epoch.getInstant("began")).isEqualTo(BEGAN);
            assertThat(epoch.getDuration("length")).isEqualTo(Duration.ofSeconds(7));
            assertThat(epoch.getLong("microjoules")).isEqualTo(1_500_000_000L);
            assertThat(epoch.getDouble("joules")).isEqualTo(1_500, within(1e-9));
            assertThat(epoch.getLong("validationMicrojoules")).isEqualTo(40_000_000);
            assertThat(epoch.getLong("iterations")).isEqualTo(100);
            assertThat(epoch.getLong("samples")).isEqualTo(6_400);
            assertThat(epoch.getDouble("loss")).isEqualTo(0.25);
            assertThat(epoch.getString("metrics")).isEqualTo("accuracy=0.93");
            assertThat(epoch.getBoolean("belowResolution")).isTrue();
            assertThat(epoch.getBoolean("shared")).isFalse();
            RecordedEvent window = only(told, "wattle.Window");
            assertThat(window.getString("name")).isEqualTo("load");
            assertThat(window.getDouble("joules")).isEqualTo(2.5, within(1e-9));
            RecordedEvent budget = only(told, "wattle.Budget");
            assertThat(budget.getString("budget")).isEqualTo("2kWh");
            assertThat(budget.getDouble("used")).isEqualTo(0.8);
            assertThat(budget.getBoolean("stopsTraining")).isTrue();
        }
    }

    @Test
    void iterationsAreWantedOnlyWhileARecordingAsksForThem() throws IOException {
        assertThat(events.wantsIterations()).isFalse();
        try (Recording usual = new Recording()) {
            usual.start();
            assertThat(events.wantsIterations()).isFalse();
            try (Recording recording = new Recording()) {
                recording.enable("wattle.Iteration");
                recording.start();
                assertThat(events.wantsIterations()).isTrue();
                long now = System.nanoTime();
                events.iteration(new IterationRecord(
                        Framework.DJL, 1, 17, now - 5_000_000, now - 2_000_000, 750_000, -1, Double.NaN, true));

                RecordedEvent iteration = only(recorded(recording), "wattle.Iteration");
                assertThat(iteration.getLong("iteration")).isEqualTo(17);
                assertThat(iteration.getDuration("length")).isEqualTo(Duration.ofMillis(3));
                assertThat(iteration.getInstant("began")).isBefore(iteration.getStartTime());
                assertThat(iteration.getDouble("joules")).isEqualTo(0.75, within(1e-9));
            }
            assertThat(events.wantsIterations()).isFalse();
        }
    }

    @Test
    void closingLeavesNothingInTheRecorder() throws IOException {
        assertThat(types()).hasSize(6);
        events.close();

        assertThat(types()).isEmpty();
        try (Recording recording = new Recording()) {
            recording.enable("wattle.Power").withPeriod(Duration.ofMillis(20));
            recording.start();
            events.budget("2kWh", 1, false);
            assertThat(recorded(recording)).isEmpty();
        }
        assertThat(events.wantsIterations()).isFalse();
    }

    private static List<String> types() {
        return FlightRecorder.getFlightRecorder().getEventTypes().stream()
                .map(type -> type.getName())
                .filter(name -> name.startsWith("wattle."))
                .toList();
    }

    private List<RecordedEvent> recorded(Recording recording) throws IOException {
        recording.stop();
        Path file = directory.resolve(recording.getId() + ".jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith("wattle."))
                .filter(event -> !event.getEventType().getName().equals("wattle.Power"))
                .toList();
    }

    private static RecordedEvent only(List<RecordedEvent> events, String name) {
        List<RecordedEvent> found = events.stream()
                .filter(event -> event.getEventType().getName().equals(name))
                .toList();
        assertThat(found).as(name).hasSize(1);
        return found.get(0);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(deadline - System.nanoTime()).as("time left").isPositive();
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Gains energy with time, while it answers. */
    private static final class Board implements EnergyProbe {
        private final long startNanos = System.nanoTime();
        volatile boolean answers = true;

        @Override
        public String name() {
            return "nvml";
        }

        @Override
        public List<EnergyDomain> domains() {
            return List.of(BOARD);
        }

        @Override
        public void read(Readings into) {
            long now = into.nanoTime();
            if (answers) {
                into.counter(0, now, now, (now - startNanos) / 10);
            } else {
                into.failed(0);
            }
        }

        @Override
        public void close() {}
    }
}
