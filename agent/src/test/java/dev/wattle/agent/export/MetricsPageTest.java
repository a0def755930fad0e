/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.attribution.TrainingMeter;
import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.FrameworkTable;
import dev.wattle.core.boundary.MetricNames;
import dev.wattle.core.boundary.TrainingNames;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.ReportedWork;
import dev.wattle.core.epoch.TrainingObserver;
import dev.wattle.core.epoch.TrainingRecord;
import dev.wattle.core.epoch.TrainingSnapshot;
import dev.wattle.core.forecast.Budget;
import dev.wattle.core.forecast.BudgetMonitor;
import dev.wattle.core.forecast.Forecasts;
import dev.wattle.core.ledger.RunIdentity;
import dev.wattle.core.meters.BudgetMeters;
import dev.wattle.core.meters.EnergyMeters;
import dev.wattle.core.meters.RunMeters;
import dev.wattle.core.meters.TrainingMeters;
import dev.wattle.core.meters.TrainingProgressMeters;
import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.DeviceUsage;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.probe.Readings;
import dev.wattle.core.probe.Scope;
import dev.wattle.core.probe.Sensor;
import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.core.sampling.MeterThreads;
import dev.wattle.core.sampling.ProcessorTimes;
import dev.wattle.core.snapshot.TrainingsSnapshot;
import dev.wattle.core.time.SamplingClock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page and the registry of a run that has every meter there can be. */
class MetricsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "metrics.md");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final FrameworkTable frameworks = new FrameworkTable();
    private final MeterThreads threads = new MeterThreads();
    private final EnergyMeter meter = EnergyMeter.start(
            List.of(new OneProcessor(), new SomeoneElsesBoard()),
            3_600_000_000_000L,
            Optional.of(new Standstill()),
            threads,
            SamplingClock.system(),
            line -> {});
    private final RunMeters runMeters = new RunMeters(
            new RunIdentity("r", Optional.of("p"), Map.of(), "node-3", 1, "17", "0.1.0", Instant.EPOCH),
            meter,
            threads);
    private final TrainingMeters trainingMeters = new TrainingMeters(
            meter,
            new TrainingMeter(
                            meter,
                            SamplingClock.system(),
                            new MetricNames(),
                            new TrainingNames(),
                            0,
                            new TrainingObserver() {})::snapshot,
            frameworks);

    private final BudgetMonitor budget = new BudgetMonitor(Budget.parse("2kWh"), false, CarbonSettings.worldDefault());

    @BeforeEach
    void bind() {
        frameworks.found(Framework.DL4J);
        new EnergyMeters(meter, CarbonSettings.worldDefault()).bindTo(registry);
        runMeters.bindTo(registry);
        trainingMeters.bindTo(registry);
        new BudgetMeters(budget::state).bindTo(registry);
        TrainingProgressMeters progress = new TrainingProgressMeters();
        progress.bindTo(registry);
        progress.update(threeOfTenEpochs());
        // The last reading makes sure that there was a first.
        meter.close();
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void listsEveryMeterWithItsLabels() throws IOException {
        Map<String, Set<String>> bound = new TreeMap<>();
        for (Meter each : registry.getMeters()) {
            Set<String> labels = new TreeSet<>();
            each.getId().getTags().stream().map(Tag::getKey).forEach(labels::add);
            bound.put(each.getId().getName(), labels);
        }

        Map<String, Set<String>> told = new TreeMap<>();
        for (String[] row : rows()) {
            told.put(row[1], new TreeSet<>(Arrays.asList(row[4].isEmpty() ? new String[0] : row[4].split(", ", -1))));
        }
        assertThat(told).isEqualTo(bound);
    }

    @Test
    void listsEachMetersNameAndTypeInPrometheus() throws IOException {
        String scrape = registry.scrape();

        for (String[] row : rows()) {
            String type = row[3].split(",", -1)[0].toLowerCase(Locale.ROOT);
            assertThat(scrape).contains("# TYPE " + row[2] + " " + type + "\n");
        }
    }

    private static TrainingsSnapshot threeOfTenEpochs() {
        EnergyDomain processor = new OneProcessor().domains().get(0);
        List<EpochRecord> epochs = new ArrayList<>();
        for (int epoch = 1; epoch <= 3; epoch++) {
            epochs.add(new EpochRecord(
                    1,
                    Framework.DL4J,
                    epoch,
                    epoch,
                    Instant.EPOCH,
                    epoch * 1_000_000_000L,
                    1_000_000_000,
                    Map.of(processor, 60_000_000L + epoch),
                    0,
                    0,
                    0,
                    10,
                    320,
                    1.0 / epoch,
                    Map.of(),
                    false,
                    false,
                    false,
                    List.of()));
        }
        TrainingRecord training = new TrainingRecord(
                1,
                Framework.DL4J,
                "",
                10,
                Instant.EPOCH,
                epochs,
                3,
                30,
                960,
                0,
                Map.of(),
                Map.of(),
                0,
                Set.of(processor),
                false,
                true,
                false,
                ReportedWork.NONE);
        TrainingSnapshot snapshot = new TrainingSnapshot(List.of(training), 0, Map.of(), List.of(), Map.of(), 0);
        return new TrainingsSnapshot(
                snapshot, new Forecasts().update(snapshot), Optional.empty(), List.of(), List.of());
    }

    /** The table's cells, their backquotes removed; the first is empty. */
    private static List<String[]> rows() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `wattle."))
                .map(line -> Arrays.stream(line.split("\\|", -1))
                        .map(cell -> cell.strip().replace("`", ""))
                        .toArray(String[]::new))
                .toList();
    }

    private static final class Standstill implements ProcessorTimes {
        @Override
        public boolean refresh() {
            return true;
        }

        @Override
        public long processNanos() {
            return 1;
        }

        @Override
        public long machineTotalNanos() {
            return 1;
        }
    }

    private static final class SomeoneElsesBoard implements EnergyProbe {
        @Override
        public String name() {
            return "nvml";
        }

        @Override
        public List<EnergyDomain> domains() {
            return List.of(new EnergyDomain(
                    Component.GPU,
                    "gpu-0",
                    "NVIDIA H100 80GB HBM3",
                    "GPU-4f6b2a1c-0000-0000-0000-000000000000",
                    Quality.COUNTER,
                    Scope.MACHINE,
                    "NVML",
                    new Sensor.Counter(0, Optional.of(new Sensor.Power(500_000_000)))));
        }

        @Override
        public Optional<DeviceUsage> deviceUsage() {
            return Optional.of(new DeviceUsage() {
                @Override
                public void refresh() {}

                @Override
                public Use use(int domain) {
                    return Use.OTHERS;
                }

                @Override
                public double share(int domain) {
                    return 0;
                }

                @Override
                public String rule(int domain) {
                    return "CUDA_VISIBLE_DEVICES leaves it out";
                }
            });
        }

        @Override
        public void read(Readings into) {
            long now = into.nanoTime();
            into.counter(0, now, now, 7_000_000);
        }

        @Override
        public void close() {}
    }

    private static final class OneProcessor implements EnergyProbe {
        @Override
        public String name() {
            return "powercap";
        }

        @Override
        public List<EnergyDomain> domains() {
            return List.of(new EnergyDomain(
                    Component.CPU,
                    "package-0",
                    "Intel Xeon Platinum 8358",
                    "",
                    Quality.COUNTER,
                    Scope.MACHINE,
                    "/sys/class/powercap/intel-rapl:0",
                    new Sensor.Counter(262_143_328_850L)));
        }

        @Override
        public void read(Readings into) {
            long now = into.nanoTime();
            into.counter(0, now, now, 5_000_000);
        }

        @Override
        public void close() {}
    }
}
