/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.summary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.domain.DomainMeter.Loss;
import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.DeviceUsage.Use;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.probe.Scope;
import dev.wattle.core.probe.Sensor;
import dev.wattle.core.snapshot.DeviceSnapshot;
import dev.wattle.core.snapshot.DeviceSnapshot.CheckReport;
import dev.wattle.core.snapshot.DeviceSnapshot.ShareReport;
import dev.wattle.core.snapshot.Reports;
import dev.wattle.core.snapshot.RunSnapshot;
import dev.wattle.core.snapshot.TrainingsSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SummaryTextTest {
    @Test
    void writesARunOfAServer() {
        String text = Summaries.full(Reports.ofServer(), List.of(), "/home/ada/.wattle/runs/resnet-7.jsonl");

        assertThat(text).isEqualTo("""
                wattle: 330.5 kJ (91.81 Wh): 240.5 kJ counter + 90.0 kJ integrated    6.025 g CO2e (52.50 g/kWh as configured, PUE 1.25)
                        like 25 m driven by car (EPA, 2026)
                        this JVM's part 45.0 kJ (CPU); GPU 270.5 kJ (counter+integrated), CPU 60.0 kJ
                        no training was seen in this run
                  run          resnet-7 (vision)
                  wall time    10 min 0 s
                  device               energy     average        peak  quality
                  package-0           60.0 kJ     100.0 W     100.0 W  counter
                  gpu-0              180.5 kJ     300.8 W     300.8 W  counter
                  gpu-1               90.0 kJ     150.0 W           -  integrated
                  total              330.5 kJ     550.8 W              mixed
                  energy       330.5 kJ: 240.5 kJ counter, 90.0 kJ integrated
                  CO2e         6.025 g at 52.50 g/kWh (as configured), PUE 1.25
                  this JVM     45.0 kJ of the CPU's energy (counter), by processor time, without
                               idle power
                  iterations   12345 (dl4j)
                  coverage     90.0 % of the wall time was sampled
                  gpu-1        2 gaps, 1 min 0 s; 3 failed and 1 rejected readings; 9.00 kJ is
                               interpolated
                  scope        the whole machine, other programs included
                  meter        6000 readings every 100.0 ms, 4 missed; its threads used 210 ms
                               of processor time to start, then 0.01 % of a core; not included:
                               the JVM's compilation of their code, the end of the run
                  journal      /home/ada/.wattle/runs/resnet-7.jsonl
                """);
    }

    @Test
    void writesNoTotalPowerWhereThatOfOneDeviceIsUnknown() {
        RunSnapshot report = Reports.of(
                List.of(
                        Reports.device(
                                Reports.domain(Component.CPU, "package-0", Quality.COUNTER), 5_000_000, 7_000_000),
                        Reports.device(
                                Reports.domain(Component.DRAM, "dram-0", Quality.COUNTER), 0, DomainMeter.UNKNOWN)),
                Reports.OWN_FIGURE);

        assertThat(Summaries.full(report, List.of(), "none")).containsPattern("(?m)^  total +5\\.00 J +- +counter$");
    }

    @Test
    void saysThatNoZoneWasGiven() {
        RunSnapshot report = Reports.of(Reports.ofServer().devices(), CarbonSettings.worldDefault());

        assertThat(Summaries.full(report, List.of(), "none")).contains("WORLD AVERAGE", "zone=FR");
    }

    @Test
    void writesNoEnergyWhereNothingWasRead() {
        String text = Summaries.full(Reports.of(List.of(), Reports.OWN_FIGURE), List.of("No counters."), "none");

        assertThat(text)
                .contains("energy       unknown: no device could be read", "note         No counters.")
                .doesNotContain("kWh", "CO2e", "coverage");
    }

    @Test
    void namesTheDevicesThatNeverAnswered() {
        RunSnapshot read = Reports.ofServer();
        RunSnapshot report = new RunSnapshot(
                read.run(),
                read.carbon(),
                read.wallNanos(),
                read.devices(),
                List.of(),
                List.of("dram-0"),
                Map.of(),
                Map.of(),
                -1,
                -1,
                1,
                0,
                1,
                TrainingsSnapshot.NONE,
                List.of());

        assertThat(Summaries.full(report, List.of(), "none"))
                .contains("unread       dram-0 never responded; no figure includes it", "cost unknown");
    }

    @Test
    void saysThatOnlyAContainersShareIsReported() {
        EnergyDomain container = new EnergyDomain(
                Component.CPU, "cpu", "vCPUs", "", Quality.MODELLED, Scope.CONTAINER, "model", new Sensor.Power(0));

        assertThat(Summaries.full(
                        Reports.of(List.of(Reports.device(container, 1, 1)), Reports.OWN_FIGURE), List.of(), "none"))
                .contains("scope        the processors and memory of this container");
    }

    @Property
    void isNeverWiderThanEightyColumns(
            @ForAll @LongRange(min = 0) long microjoules,
            @ForAll @LongRange(min = -1, max = 10_000_000_000_000L) long microwatts,
            @ForAll @LongRange(min = 0) long wallNanos,
            @ForAll @LongRange(min = 0) long count,
            @ForAll @LongRange(min = -1) long cpuNanos) {
        long third = microjoules / 3;
        List<DeviceSnapshot> devices = List.of(
                Reports.interrupted(
                        Reports.domain(Component.CPU, "package-11-die-1", Quality.COUNTER), third, microwatts, count),
                Reports.interrupted(
                        Reports.domain(Component.GPU, "gpu-0", Quality.INTEGRATED), third, microwatts, count / 3),
                Reports.interrupted(
                        Reports.domain(Component.DRAM, "dram", Quality.MODELLED), third, microwatts, count / 3));
        RunSnapshot ten = Reports.of(devices, CarbonSettings.worldDefault());
        RunSnapshot report = new RunSnapshot(
                ten.run(),
                ten.carbon(),
                wallNanos,
                devices,
                devices,
                List.of("dram-1", "gpu-1"),
                Map.of(
                        Component.CPU, Map.of(Quality.MODELLED, microjoules),
                        Component.GPU, Map.of(Quality.COUNTER, microjoules, Quality.MODELLED, third)),
                ten.iterations(),
                cpuNanos,
                cpuNanos / 2,
                count,
                count,
                100_000_000,
                TrainingsSnapshot.NONE,
                List.of());

        assertThat(Summaries.full(report, List.of("A remark" + " of many words".repeat(9)), "none")
                        .lines()
                        .skip(Summaries.ANSWER_LINES))
                .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(SummaryLines.WIDTH));
    }

    @Test
    void showsOtherProgramsDevicesApartAndInNoTotal() {
        EnergyDomain theirs = Reports.domain(Component.GPU, "gpu-1", Quality.COUNTER);
        RunSnapshot read = Reports.of(
                List.of(Reports.device(Reports.domain(Component.GPU, "gpu-0", Quality.COUNTER), 5_000_000, 1_000_000)),
                Reports.OWN_FIGURE);
        RunSnapshot report = new RunSnapshot(
                read.run(),
                read.carbon(),
                read.wallNanos(),
                read.devices(),
                List.of(Reports.device(theirs, 900_000_000, 2_000_000)),
                List.of(),
                Map.of(),
                Map.of(),
                -1,
                -1,
                1,
                0,
                1,
                TrainingsSnapshot.NONE,
                List.of());

        assertThat(Summaries.full(report, List.of(), "none"))
                .contains("  devices of other programs, in no total:\n  gpu-1               900.0 J")
                .contains("energy       5.00 J counter");
    }

    @Test
    void saysThatADeviceWasLostAndWhetherItCameBack() {
        EnergyDomain board = Reports.domain(Component.GPU, "gpu-0", Quality.COUNTER);
        Instant begin = Reports.device(board, 1, 1).firstReading();

        assertThat(summaryOf(Reports.peculiar(
                        board, Optional.of(new Loss(begin.plusSeconds(700), "off the bus")), Optional.empty(), null)))
                .contains("gpu-0        LOST after 11 min 40 s: off the bus; its energy is counted up to");
        assertThat(summaryOf(Reports.peculiar(
                        board, Optional.of(new Loss(begin.plusSeconds(12), "off the bus")), Optional.empty(), null)))
                .contains("LOST after 12.0 s: off the bus; it came back");
    }

    @Test
    void saysThatACounterAndItsPowerDisagreeAndByHowMuch() {
        EnergyDomain board = Reports.domain(Component.GPU, "gpu-0", Quality.COUNTER);

        assertThat(summaryOf(Reports.peculiar(
                        board, Optional.empty(), Optional.of(new CheckReport(0.573, 61 * Reports.SECOND)), null)))
                .contains("DISAGREE: the counter has 42.7 % less")
                .contains("over 1 min 1 s");
        assertThat(summaryOf(Reports.peculiar(
                        board, Optional.empty(), Optional.of(new CheckReport(1.09, 61 * Reports.SECOND)), null)))
                .doesNotContain("DISAGREE");
    }

    @Test
    void saysByWhichRuleASharedDeviceIsSplitAndWhichOwnersAreUnknown() {
        EnergyDomain board = Reports.domain(Component.GPU, "gpu-0", Quality.COUNTER);

        assertThat(summaryOf(Reports.peculiar(
                        board,
                        Optional.empty(),
                        Optional.empty(),
                        new ShareReport(Use.SHARED, "by SM utilisation", 500_000, 1_500_000))))
                .contains("gpu-0        2.00 J of its energy is this JVM's, by SM utilisation (modelled)");
        assertThat(summaryOf(Reports.peculiar(
                        board,
                        Optional.empty(),
                        Optional.empty(),
                        new ShareReport(Use.ASSUMED, "nothing shows whose it is", 1, 0))))
                .contains("assumed      gpu-0 counted as this JVM's: nothing shows whose it is");
    }

    private static String summaryOf(DeviceSnapshot device) {
        return Summaries.full(Reports.of(List.of(device), Reports.OWN_FIGURE), List.of(), "none");
    }

    @Test
    void breaksNoPath() {
        String path = "/home/ada/" + "long/".repeat(20) + "run.jsonl";

        assertThat(Summaries.full(Reports.ofServer(), List.of(), path)).contains(" " + path + "\n");
    }
}
