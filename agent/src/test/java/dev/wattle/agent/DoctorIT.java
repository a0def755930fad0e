/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wattle.agent.energy.DrivenMachine;
import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.Tools;
import dev.wattle.probes.nvml.FakeNvml;
import dev.wattle.probes.nvml.Fault;
import dev.wattle.probes.nvml.GpuScript;
import dev.wattle.probes.nvml.NvmlMachine;
import dev.wattle.probes.nvml.Power;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the built jar's doctor says on machines with known powers, and with none. */
class DoctorIT {
    private static final String JAVAS = "dev.wattle.agent.host.JavaHome#all";
    private static final List<String> KINDS = List.of("powercap", "perf", "nvml", "hwmon", "model");

    /** What the doctor's one second may be off by on a busy machine. */
    private static final double TOLERANCE = 0.05;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @MethodSource(JAVAS)
    void reportsEverySourceOfThisMachine(JavaHome home) {
        HostRun run = doctor(HostJvm.on(home), "--json");

        JsonObject document = document(run);
        assertThat(run.exitCode())
                .isEqualTo(
                        switch (document.get("verdict").getAsString()) {
                            case "measured" -> 0;
                            case "modelled" -> 3;
                            default -> 4;
                        });
        for (String kind : KINDS) {
            assertThat(source(document, kind).get("asked").getAsBoolean())
                    .as(kind)
                    .isTrue();
            assertThat(source(document, kind).getAsJsonArray("findings"))
                    .as(kind)
                    .isNotEmpty();
        }
        assertThat(run.wattleLines()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void saysWhatHelpsWhereThereIsOnlyAModel(JavaHome home) {
        HostRun run = doctor(HostJvm.on(home), "sources=powercap,model", "powercap-root=" + directory);

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.stdout())
                .containsPattern("(?m)^powercap  not found \\[1\\] +" + directory + "$")
                .containsPattern("(?m)^nvml +not asked for$")
                .containsPattern("(?m)^ +cpu +cpu  modelled +\\S+ +\\d+\\.\\d+ W  ")
                .containsPattern("(?m)^\\[1\\] powercap: No processor energy counters under " + directory)
                .containsPattern("(?m)^ +sudo modprobe intel_rapl_msr$")
                .containsPattern("(?m)^ +docker run -v .* -e WATTLE_POWERCAP_ROOT=/host/powercap IMAGE$")
                .containsPattern("(?m)^Nothing is measured here\\. Modelled: cpu.*\\.$");
        assertThat(run.stderr()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void saysThatNothingCanBeKnown(JavaHome home) {
        HostRun run = doctor(HostJvm.on(home), "sources=powercap", "powercap-root=" + directory);

        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.stdout()).endsWith("\nNothing is measured here.\n");
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void readsTheCountersItIsPointedAt(JavaHome home) throws Exception {
        try (DrivenMachine machine = DrivenMachine.start(directory)) {
            machine.start();

            HostRun run = doctor(HostJvm.on(home), "sources=powercap,model", "powercap-root=" + machine.powercap());

            assertThat(run.exitCode()).as(run.stderr()).isZero();
            assertThat(run.stdout())
                    .contains("\nmodel     not needed")
                    .endsWith("\nMeasured: package-0, dram-0, package-1, dram-1.\n");
        }
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void findsTheKernelsCountersAndTheirPowers(JavaHome home) throws Exception {
        try (DrivenMachine machine = DrivenMachine.start(directory)) {
            machine.start();

            HostRun run = doctor(HostJvm.on(home).through(machine.inPlaceOfTheKernels()), "--json");

            JsonObject document = document(run);
            assertThat(run.exitCode()).as(run.stderr()).isZero();
            assertThat(watts(document, "package-0")).isCloseTo(150, within(150 * TOLERANCE));
            assertThat(watts(document, "dram-0")).isCloseTo(12.5, within(12.5 * TOLERANCE));
            assertThat(domain(document, "dram-0").get("quality").getAsString()).isEqualTo("counter");
            assertThat(domain(document, "dram-0").get("source").getAsString())
                    .isEqualTo("/sys/devices/virtual/powercap/intel-rapl/intel-rapl:0/intel-rapl:0:0");
        }
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void namesTheCommandsThatLetAnOrdinaryUserReadTheCounters(JavaHome home) throws Exception {
        try (DrivenMachine machine = DrivenMachine.start(directory)) {
            machine.lock();

            HostRun run = doctor(
                    HostJvm.on(home).through(machine.inPlaceOfTheKernels()).through(ordinaryUser()));

            String counter = "/sys/devices/virtual/powercap/intel-rapl/intel-rapl:1/energy_uj";
            assertThat(run.exitCode()).as(run.stderr()).isEqualTo(3);
            assertThat(run.stdout())
                    .containsPattern("(?m)^powercap  not readable \\[1\\] +/sys/class/powercap$")
                    .containsPattern("(?m)^ +sudo chgrp power \\S+.* " + counter + " ")
                    .containsPattern("(?m)^ +sudo chmod 0440 \\S+.* " + counter + " ")
                    .containsPattern("(?m)^ +sudo usermod -aG power \\$USER$")
                    .containsPattern("(?m)^ +SUBSYSTEM==\"powercap\", ACTION==\"add\", RUN\\+=\".*\"$");
            assertThat(run.stdout().replaceAll("\\s+", " "))
                    .contains("[1] powercap: /sys/", "/energy_uj cannot be read (Permission denied). ");
        }
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void readsGpusThroughTheirLibraryAndSaysWhichItMayNot(JavaHome home) {
        FakeNvml nvml = NvmlMachine.with(
                        GpuScript.h100().power(Power.constant(400)),
                        GpuScript.a100().withoutCounter().power(Power.constant(300)),
                        GpuScript.t4())
                .fault(Fault.fail("nvmlDeviceGetHandleByIndex_v2", 4).gpu(2))
                .realTime()
                .install(directory);

        HostRun run = doctor(HostJvm.on(home), "nvml-library=" + nvml.library());

        assertThat(run.exitCode()).as(run.stderr()).isZero();
        assertThat(run.stdout())
                .containsPattern("(?m)^ +gpu-0 +gpu +counter +machine +(39\\d|40\\d)\\.\\d W +NVIDIA H100 80GB HBM3$")
                .containsPattern("(?m)^ +gpu-1 +gpu +integrated +machine +(29\\d|30\\d)\\.\\d W ")
                .contains("its sensor shows power, 25 ms of each 100 ms")
                .contains("The energy of gpu-2 is missing from every total: no permission.")
                .containsPattern("(?m)^Measured: gpu-0, gpu-1\\. ");
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void namesTheFlagThatLetsNativeCodeIn(JavaHome home) {
        assumeTrue(home.feature() >= 24, "older ones do not deny native access");

        HostRun run = doctor(
                HostJvm.on(home).jvmArguments("--illegal-native-access=deny"), "nvml-library=" + HostJvm.agentJar());

        assertThat(run.stdout())
                .containsPattern("(?m)^nvml +not readable \\[\\d\\] +" + HostJvm.agentJar() + "$")
                .containsPattern("(?m)^ +--enable-native-access=ALL-UNNAMED$");
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void turnsToAnotherDirectoryWhereNativeCodeMayNotRunInTheTemporaryOne(JavaHome home) {
        HostJvm host = HostJvm.on(home)
                .through(Tools.mounted(directory, "noexec"))
                .jvmArguments("-Djava.io.tmpdir=" + directory);

        HostRun run = doctor(host, "nvml-library=" + HostJvm.agentJar());

        // So far as to open what was named, which is no library.
        assertThat(run.stdout()).contains("invalid ELF header").doesNotContain("-Djava.io.tmpdir=DIR");
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void reportsWhateverIsWrongWithItsConfiguration(JavaHome home) {
        HostJvm host = HostJvm.on(home).jvmArguments("-Dwattle.zone=ATLANTIS").environment("WATTLE_PUE", "0.5");

        HostRun run = doctor(host, "--json", "sources=coal", "powercap-root=" + directory, "powercap-route=/x");

        assertThat(document(run).get("verdict").getAsString()).isNotEmpty();
        assertThat(run.wattleLines())
                .hasSize(4)
                .anyMatch(line -> line.startsWith("wattle: sources=coal (from the arguments) cannot be used"))
                .anyMatch(line -> line.startsWith("wattle: zone=ATLANTIS (from system property wattle.zone) "))
                .anyMatch(line -> line.startsWith("wattle: pue=0.5 (from environment variable WATTLE_PUE) "))
                .anyMatch(line -> line.startsWith("wattle: unknown key 'powercap-route' in the arguments"));
    }

    private static HostRun doctor(HostJvm host, String... words) {
        return host.runJava(Stream.concat(Stream.of("-jar", HostJvm.agentJar().toString(), "doctor"), Stream.of(words))
                .toArray(String[]::new));
    }

    /** Where the build is not root's, a namespace makes it root; one more, with no user of its own, takes that away. */
    private static String[] ordinaryUser() {
        String[] words = Tools.nobody();
        return words.length > 0 ? words : new String[] {"unshare", "-U"};
    }

    private static JsonObject document(HostRun run) {
        assertThat(run.stdout()).startsWith("{").endsWith("}\n");
        return JsonParser.parseString(run.stdout()).getAsJsonObject();
    }

    private static JsonObject source(JsonObject document, String name) {
        return find(document.getAsJsonArray("sources"), "source", name);
    }

    private static JsonObject domain(JsonObject document, String device) {
        return find(source(document, "powercap").getAsJsonArray("domains"), "device", device);
    }

    private static double watts(JsonObject document, String device) {
        return domain(document, device).get("watts").getAsDouble();
    }

    private static JsonObject find(Iterable<JsonElement> elements, String key, String value) {
        for (JsonElement element : elements) {
            if (element.getAsJsonObject().get(key).getAsString().equals(value)) {
                return element.getAsJsonObject();
            }
        }
        throw new AssertionError("no " + value + " in " + elements);
    }
}
