/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.agent.export.EndpointConfig;
import dev.wattle.agent.export.SummaryTarget;
import dev.wattle.core.carbon.EmbodiedSettings;
import dev.wattle.core.carbon.Pue;
import dev.wattle.core.forecast.Budget;
import dev.wattle.core.report.summary.SummaryLength;
import dev.wattle.probes.Hardware;
import dev.wattle.probes.source.ProbeKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigParserTest {
    @TempDir
    private Path directory;

    @Test
    void theHardwaresOwnEmissionsArePublishedOnesUnlessGivenOrOff() {
        assertThat(Configured.by("").config.carbon().embodied())
                .isEqualTo(new EmbodiedSettings(OptionalDouble.empty(), true, 4, 1));
        assertThat(Configured.by("embodied=2500,lifetime=6,embodied-share=0.125")
                        .config
                        .carbon()
                        .embodied())
                .isEqualTo(new EmbodiedSettings(OptionalDouble.of(2500), false, 6, 0.125));
        assertThat(Configured.by("embodied=off").config.carbon().embodied()).isEqualTo(EmbodiedSettings.OFF);
    }

    @ParameterizedTest
    @ValueSource(strings = {"embodied=-1", "embodied=NaN", "embodied=1e9", "lifetime=0", "embodied-share=1.1"})
    void anImpossibleEmbodiedFigureIsOneWarning(String setting) {
        assertThat(Configured.by(setting).warnings).hasSize(1);
    }

    @Test
    void aProvidersPueIsKeptAsAHintWhereNoneIsSet() {
        assertThat(Configured.by("zone=aws:eu-west-3").config.carbon().publishedPue())
                .contains(new Pue(1.15, 2024, "aws-pue-2024", "aws"));
        assertThat(Configured.by("zone=aws:eu-west-3,pue=1.2").config.carbon().publishedPue())
                .isEmpty();
        assertThat(Configured.by("zone=FR").config.carbon().publishedPue()).isEmpty();
    }

    @Test
    void hasADefaultForEveryKey() {
        Configured unset = Configured.by("");

        assertThat(unset.warnings).isEmpty();
        AgentConfig config = unset.config;
        assertThat(config.intervalNanos()).isEqualTo(Duration.ofMillis(100).toNanos());
        assertThat(config.http()).hasValue(EndpointConfig.of("127.0.0.1", 9474));
        assertThat(unset.config.carbon().worldAverage()).isTrue();
        assertThat(unset.config.carbon().pue()).isEqualTo(1.0);
        assertThat(config.ledger()).hasValue(Configured.HOME.resolve(".wattle/runs"));
        assertThat(config.run()).isEmpty();
        assertThat(config.project()).isEmpty();
        assertThat(config.labels()).isEmpty();
        assertThat(config.epochs()).isZero();
        assertThat(config.budget()).isEmpty();
        assertThat(config.stopsAtBudget()).isFalse();
        assertThat(config.summary().target()).isEqualTo(new SummaryTarget.Stderr());
        assertThat(config.sources()).containsExactlyInAnyOrder(ProbeKind.values());
        assertThat(config.hardware()).isEqualTo(Hardware.ofThisMachine());
        assertThat(config.trackers().isAny()).isFalse();
    }

    @Test
    void namesTheDefaultsOfTheMachine() {
        Hardware machine = Hardware.ofThisMachine();

        assertThat(ConfigKey.POWERCAP_ROOT.defaultText())
                .isEqualTo(machine.powercapRoot().toString());
        assertThat(ConfigKey.PERF_ROOT.defaultText())
                .isEqualTo(machine.perfRoot().toString());
        assertThat(ConfigKey.HWMON_ROOT.defaultText())
                .isEqualTo(machine.hwmonRoot().toString());
        assertThat(ConfigKey.PROC_ROOT.defaultText())
                .isEqualTo(machine.procRoot().toString());
    }

    @Test
    void reportsTheWorldAverageAsDefaultOnlyWhereItWasNotChosen() {
        assertThat(Configured.by("zone=WORLD").config.carbon().worldAverage()).isFalse();
        assertThat(Configured.by("zone=Atlantis").config.carbon().worldAverage())
                .isTrue();
    }

    @Test
    void suggestsTheProvidersPueWhereNoneIsSetAndDoesNotApplyIt() {
        Configured unset = Configured.by("zone=aws:us-east-2");

        assertThat(unset.warnings).singleElement().asString().contains("aws:us-east-2", "1.13", "pue=1.13");
        assertThat(unset.config.carbon().pue()).isEqualTo(1.0);
        assertThat(Configured.by("zone=aws:us-east-2,pue=1.13").warnings).isEmpty();
    }

    @Test
    void keepsNoLedgerWhereThereIsNoHome() {
        ConfigValues none = ConfigValues.read(null, new Properties(), Map.of(), line -> {});

        assertThat(ConfigParser.parse(none, new UserPaths(Optional.empty()), line -> {})
                        .ledger())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = ConfigKey.class,
            mode = Mode.EXCLUDE,
            names = {"CONFIG", "HTTP_AUTH", "HTTP_AUTH_FILE", "LIVE_INTENSITY_TOKEN"})
    void warnsOfABadArgument(ConfigKey key) {
        assertWarning(Configured.by(key.key() + "=" + BadValues.of(key)), key, "the arguments");
    }

    @ParameterizedTest
    @EnumSource(
            value = ConfigKey.class,
            mode = Mode.EXCLUDE,
            names = {"CONFIG", "HTTP_AUTH", "HTTP_AUTH_FILE", "LIVE_INTENSITY_TOKEN"})
    void warnsOfABadSystemProperty(ConfigKey key) {
        String name = "wattle." + key.key();

        assertWarning(Configured.by("", Map.of(name, BadValues.of(key)), Map.of()), key, "system property " + name);
    }

    @ParameterizedTest
    @EnumSource(
            value = ConfigKey.class,
            mode = Mode.EXCLUDE,
            names = {"CONFIG", "HTTP_AUTH", "HTTP_AUTH_FILE", "LIVE_INTENSITY_TOKEN"})
    void warnsOfABadVariable(ConfigKey key) {
        String name = BadValues.variable(key);

        assertWarning(
                Configured.by("", Map.of(), Map.of(name, BadValues.of(key))), key, "environment variable " + name);
    }

    @ParameterizedTest
    @EnumSource(
            value = ConfigKey.class,
            mode = Mode.EXCLUDE,
            names = {"CONFIG", "HTTP_AUTH", "HTTP_AUTH_FILE", "LIVE_INTENSITY_TOKEN"})
    void warnsOfABadLineInAFile(ConfigKey key) throws IOException {
        Path file = Files.writeString(directory.resolve("file"), key.key() + "=" + BadValues.of(key));

        assertWarning(Configured.by("config=" + file), key, file.toString());
    }

    private static void assertWarning(Configured configured, ConfigKey key, String origin) {
        assertThat(configured.warnings)
                .singleElement()
                .asString()
                .startsWith(key.key() + "=" + BadValues.of(key) + " (from " + origin + ") cannot be used")
                .contains("; allowed: " + key.allowed() + "; used instead: ");
        assertThat(configured.config).isEqualTo(Configured.by("").config);
    }

    @ParameterizedTest
    @CsvSource({"1ms, 1000000", "100ms, 100000000", "2s, 2000000000", "0.5s, 500000000", "60s, 60000000000"})
    void readsDurations(String text, long nanos) {
        assertThat(Configured.by("interval=" + text).config.intervalNanos()).isEqualTo(nanos);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0ms", "0.9ms", "60.1s", "61000ms", "100", "100us", "-1s", "1e3ms", ""})
    void refusesInvalidAndOutOfRangeDurations(String text) {
        assertThat(Configured.by("interval=" + text).warnings).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "9000, 127.0.0.1, 9000",
        ":9000, 127.0.0.1, 9000",
        "0, 127.0.0.1, 0",
        "0.0.0.0:9474, 0.0.0.0, 9474",
        "trainer.example:80, trainer.example, 80",
        "[::1]:9474, ::1, 9474"
    })
    void readsAddresses(String text, String host, int port) {
        assertThat(Configured.by("http=" + text).config.http()).hasValue(EndpointConfig.of(host, port));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "::1:9474", "host:", "host:-1", "host:65536", "on"})
    void refusesAddressesWithoutAPort(String text) {
        assertThat(Configured.by("http=" + text).warnings).hasSize(1);
    }

    @Test
    void turnsOffEndpointLedgerAndSummary() {
        AgentConfig config = Configured.by("http=off,ledger=off,summary=off").config;

        assertThat(config.http()).isEmpty();
        assertThat(config.ledger()).isEmpty();
        assertThat(config.summary().target()).isEqualTo(new SummaryTarget.Off());
    }

    @ParameterizedTest
    @CsvSource({
        "full, FULL, stderr",
        "short, SHORT, stderr",
        "stderr, SHORT, stderr",
        "full:stderr, FULL, stderr",
        "off, SHORT, off",
        "full:off, FULL, off",
        "summary.txt, SHORT, summary.txt",
        "short:summary.txt, SHORT, summary.txt",
        "full:summary.txt, FULL, summary.txt",
        "./full, SHORT, full",
        "full:./short, FULL, short",
        "full:full, FULL, full"
    })
    void readsHowLongTheSummaryIsAndWhereItGoes(String text, SummaryLength length, String target) {
        Configured configured = Configured.by("summary=" + text);

        assertThat(configured.warnings).isEmpty();
        assertThat(configured.config.summary())
                .isEqualTo(new SummaryConfig(
                        switch (target) {
                            case "stderr" -> new SummaryTarget.Stderr();
                            case "off" -> new SummaryTarget.Off();
                            default ->
                                new SummaryTarget.TextFile(Path.of(text.contains("./") ? "./" + target : target)
                                        .toAbsolutePath());
                        },
                        length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"stdout", "full:stdout", "full:", "short:"})
    void refusesATargetThatIsNone(String text) {
        assertThat(Configured.by("summary=" + text).warnings)
                .singleElement()
                .asString()
                .contains("summary=" + text, "full or short", "used instead: stderr");
    }

    @Test
    void prefersTheZonesFigureToTheWorlds() {
        Configured france = Configured.by("zone=FR,pue=1.2");

        assertThat(france.config.carbon().intensity().zone()).isEqualTo("FR");
        assertThat(france.config.carbon().pue()).isEqualTo(1.2);
        assertThat(france.config.carbon().worldAverage()).isFalse();
    }

    @Test
    void prefersAFigureToTheZones() {
        Configured own = Configured.by("zone=FR,carbon-intensity=25.5");

        assertThat(own.warnings).isEmpty();
        assertThat(own.config.carbon().intensity().gramsPerKwh()).isEqualTo(25.5);
    }

    @Test
    void fallsBackFromABadFigureToTheZones() {
        Configured bad = Configured.by("zone=FR,carbon-intensity=-1");

        assertThat(bad.config.carbon().intensity().zone()).isEqualTo("FR");
        assertThat(bad.warnings).singleElement().asString().endsWith("used instead: the figure of zone FR");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "-1", "2001", "Infinity"})
    void refusesCarbonIntensitiesOutOfRange(String text) {
        assertThat(Configured.by("carbon-intensity=" + text).warnings).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "0.99", "10.1", "1,2"})
    void refusesPuesOutOfRange(String text) {
        assertThat(Configured.by("pue=" + text).warnings).hasSize(1);
    }

    @Test
    void suggestsZonesNearAnUnknownOne() {
        assertThat(Configured.by("zone=US-CAL").warnings)
                .singleElement()
                .asString()
                .contains("near: ");
    }

    @Test
    void keepsLabelsInTheirOrder() {
        assertThat(Configured.by("labels=team:vision, stage:dev,note:a:b")
                        .config
                        .labels())
                .containsExactly(Map.entry("team", "vision"), Map.entry("stage", "dev"), Map.entry("note", "a:b"));
    }

    @Test
    void resolvesPathsInTheHome() {
        AgentConfig config = Configured.by("ledger=~/energy,summary=~/summary.txt").config;

        assertThat(config.ledger()).hasValue(Configured.HOME.resolve("energy"));
        assertThat(config.summary().target())
                .isEqualTo(new SummaryTarget.TextFile(Configured.HOME.resolve("summary.txt")));
    }

    @Test
    void resolvesOtherPathsInTheWorkingDirectory() {
        assertThat(Configured.by("ledger=runs").config.ledger())
                .hasValue(Path.of("runs").toAbsolutePath());
    }

    @Test
    void readsSources() {
        assertThat(Configured.by("sources=powercap, perf, MODEL").config.sources())
                .containsExactlyInAnyOrder(ProbeKind.POWERCAP, ProbeKind.PERF, ProbeKind.MODEL);
    }

    @Test
    void readsHardwareRoots() throws IOException {
        Path library = Files.createFile(directory.resolve("libnvidia-ml.so.1"));

        Hardware hardware = Configured.by("powercap-root=" + directory + ",perf-root=" + directory + ",hwmon-root="
                        + directory + ",proc-root=" + directory + ",nvml-library=" + library)
                .config
                .hardware();

        assertThat(List.of(hardware.powercapRoot(), hardware.perfRoot(), hardware.hwmonRoot(), hardware.procRoot()))
                .containsOnly(directory);
        assertThat(hardware.nvmlLibrary()).hasValue(library);
    }

    @Test
    void readsPlannedEpochsAndTheBudget() {
        Configured configured = Configured.by("epochs=40,budget=500gCO2e,budget-action=Stop");

        assertThat(configured.warnings).isEmpty();
        assertThat(configured.config.epochs()).isEqualTo(40);
        assertThat(configured.config.budget()).hasValue(new Budget(Budget.Kind.CO2E, 500, "500gCO2e"));
        assertThat(configured.config.stopsAtBudget()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1000001", "ten", "1.5", ""})
    void refusesInvalidNumbersOfEpochs(String text) {
        assertThat(Configured.by("epochs=" + text).warnings).hasSize(1);
    }

    @Test
    void namesTheAllowedBudgetsWhereOneCannotBeParsed() {
        assertThat(Configured.by("budget=2kg").warnings)
                .singleElement()
                .asString()
                .contains(
                        "budget=2kg",
                        "'kg' is not a unit",
                        "allowed: an energy (J, kJ,",
                        "500gCO2e",
                        "used instead: none");
    }
}
