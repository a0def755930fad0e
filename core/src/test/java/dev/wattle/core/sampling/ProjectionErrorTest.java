/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.Phase;
import dev.wattle.core.domain.Domains;
import dev.wattle.core.energy.EnergyTimeline;
import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.ReportedWork;
import dev.wattle.core.epoch.TrainingRecord;
import dev.wattle.core.epoch.TrainingSnapshot;
import dev.wattle.core.forecast.Forecasts;
import dev.wattle.core.forecast.ProjectionCheck;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.sampling.NoisyTraining.Noise;
import dev.wattle.core.time.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How far off projections are: noisy trainings of 100 epochs, metered by the real sampling thread's work in the time of a
 * fake clock through a board's counter that steps every 100 ms, their epochs cut out of its timeline. The truth is the
 * integral of the power, which the meter does not know. The figures are written to {@code target/projection-error-*.md}.
 */
class ProjectionErrorTest {
    private static final int SEEDS = 100;
    private static final int EPOCHS = 100;
    private static final long TICK = 100_000_000L;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "calm,   0.05, 0.005, 0.01, 0,    0,    0.8, 2.2,  90",
        "noisy,  0.12, 0.03,  0.03, 0.05, 0,    2.2, 6.0,  85",
        "drifts, 0.12, 0.03,  0.03, 0.05, 0.10, 4.8, 10.0,  0"
    })
    void isSmallWhereEpochsAreAlikeAndAsLargeAsTheDriftWhereTheyAreNot(
            String name,
            double fast,
            double slow,
            double length,
            double hitch,
            double drift,
            double medianPercent,
            double tailPercent,
            int leastWithin)
            throws IOException {
        Noise noise = new Noise(fast, slow, length, hitch, drift);
        double[][] energyErrors = new double[3][SEEDS];
        double[][] timeErrors = new double[3][SEEDS];
        int[] within = new int[3];
        for (int seed = 0; seed < SEEDS; seed++) {
            FakeClock clock = new FakeClock();
            NoisyTraining training = new NoisyTraining(clock.nanoTime(), EPOCHS, noise, seed);
            List<ProjectionCheck> checks = checks(training, clock);
            assertThat(checks).hasSize(3);
            double truth =
                    1e6 * (training.joulesAt(training.endOf(EPOCHS - 1)) - training.joulesAt(training.startOf(0)));
            double actualNanos = training.endOf(EPOCHS - 1) - training.startOf(0);
            for (int i = 0; i < 3; i++) {
                ProjectionCheck check = checks.get(i);
                assertThat(check.actualMicrojoules().orElseThrow() / truth).isBetween(0.999, 1.001);
                energyErrors[i][seed] =
                        100 * Math.abs(check.projection().microjoules().errorOf(truth));
                timeErrors[i][seed] = 100 * Math.abs(check.projection().nanos().errorOf(actualNanos));
                within[i] += check.projection().microjoules().covers(truth) ? 1 : 0;
            }
        }
        write(name, energyErrors, timeErrors, within);

        assertThat(percentile(energyErrors[0], 50)).isLessThan(medianPercent);
        assertThat(percentile(energyErrors[0], 95)).isLessThan(tailPercent);
        assertThat(within[0]).isGreaterThanOrEqualTo(leastWithin);
    }

    private static List<ProjectionCheck> checks(NoisyTraining training, FakeClock clock) {
        EnergyDomain board = Domains.board(0);
        ScriptedProbe probe = new ScriptedProbe(clock, board);
        ProbeReader reader = new ProbeReader(probe, clock, TICK, line -> {});
        Sampler sampler = new Sampler(List.of(reader), Optional.empty(), clock, TICK, line -> {});
        EnergyTimeline timeline = reader.meters().get(0).timeline();
        List<EpochRecord> epochs = new ArrayList<>();
        long start = clock.nanoTime();
        probe.onRead = () -> {
            long renewed = clock.nanoTime() - Math.floorMod(clock.nanoTime() - start + 37_000_000L, TICK);
            probe.values[0] = 1_000 * (long) (1e3 * training.joulesAt(renewed));
            int next = epochs.size();
            if (next < EPOCHS && timeline.microjoulesAt(training.endOf(next)) >= 0) {
                epochs.add(epoch(next, training, timeline, board, clock));
            }
            if (clock.nanoTime() > training.lastNanos()) {
                sampler.stop();
            }
        };
        sampler.run();
        TrainingRecord record = new TrainingRecord(
                1,
                Framework.DL4J,
                "",
                EPOCHS,
                clock.wallTime(),
                epochs,
                epochs.size(),
                0,
                0,
                0,
                Map.of(),
                Map.of(Phase.TRAIN, 0L),
                0,
                Set.of(),
                false,
                false,
                false,
                ReportedWork.NONE);
        return new Forecasts()
                .update(new TrainingSnapshot(List.of(record), 0, Map.of(), List.of(), Map.of(), 0))
                .get(0)
                .checks();
    }

    private static EpochRecord epoch(
            int index, NoisyTraining training, EnergyTimeline timeline, EnergyDomain board, FakeClock clock) {
        long start = training.startOf(index);
        long end = training.endOf(index);
        long before = index == 0 ? start : training.endOf(index - 1);
        Map<EnergyDomain, Long> microjoules = new LinkedHashMap<>();
        microjoules.put(board, timeline.microjoulesBetween(start, end));
        return new EpochRecord(
                1,
                Framework.DL4J,
                index + 1,
                index + 1,
                clock.wallTime().minusNanos(clock.nanoTime() - start),
                start,
                end - start,
                microjoules,
                0,
                0,
                timeline.microjoulesBetween(before, start),
                1,
                1,
                Double.NaN,
                Map.of(),
                false,
                false,
                false,
                List.of());
    }

    private static void write(String name, double[][] energyErrors, double[][] timeErrors, int[] within)
            throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            rows.append(String.format(
                    Locale.ROOT,
                    "| %s | %d %% | %.2f %% | %.2f %% | %.2f %% | %.2f %% | %d of %d |%n",
                    name,
                    new int[] {10, 25, 50}[i],
                    percentile(energyErrors[i], 50),
                    percentile(energyErrors[i], 95),
                    percentile(timeErrors[i], 50),
                    percentile(timeErrors[i], 95),
                    within[i],
                    SEEDS));
        }
        Files.writeString(Path.of("target", "projection-error-" + name + ".md"), rows);
    }

    /** The smallest value that so many percent do not exceed. */
    private static double percentile(double[] values, int percent) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(sorted.length * percent / 100.0) - 1];
    }
}
