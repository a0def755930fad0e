/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.agent.config.LiveIntensityConfig.Provider;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiveIntensityConfigTest {
    private static final Map<String, String> TOKEN = Map.of("WATTLE_LIVE_INTENSITY_TOKEN", "sesame:open");

    @Test
    void isOffUnlessItIsAskedFor() {
        Configured none = Configured.by("zone=FR", Map.of(), TOKEN);
        assertThat(none.config.live()).isEmpty();
        assertThat(none.warnings).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "live-intensity=electricitymaps,zone=FR | FR",
                "live-intensity=ElectricityMaps,zone=fr | FR",
                "live-intensity=electricitymaps,zone=CA-QC | CA-QC",
                "live-intensity=electricitymaps,zone=aws:eu-west-3,pue=1.15 | aws:eu-west-3",
                "live-intensity=electricitymaps,zone=US-CA,live-intensity-zone=US-CAL-CISO | US-CAL-CISO",
                "live-intensity=uk | ''",
                "live-intensity=uk,zone=GB | ''",
                "live-intensity=uk,zone=FR,live-intensity-zone=gb | ''",
                "live-intensity=uk,live-intensity-zone=17 | 17",
                "live-intensity=watttime,live-intensity-zone=CAISO_NORTH | CAISO_NORTH",
            })
    void takesTheServicesZoneOrThatOfTheRun(String arguments, String zone) {
        Configured configured = Configured.by(arguments, Map.of(), TOKEN);
        assertThat(configured.config.live().orElseThrow().zone()).isEqualTo(zone);
        assertThat(configured.warnings).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "live-intensity=electricitymaps | it needs live-intensity-zone, such as FR or US-CAL-CISO, or zone",
                "live-intensity=electricitymaps,zone=US-CA | zone=US-CA does not say which",
                "live-intensity=electricitymaps,live-intensity-zone=a&b=c | 'a&b=c' is no zone of it",
                "live-intensity=uk,zone=FR | it is about Great Britain and zone=FR is not",
                "live-intensity=uk,live-intensity-zone=18 | '18' is neither GB nor a region from 1 to 17",
                "live-intensity=watttime,zone=FR | it needs live-intensity-zone, such as CAISO_NORTH",
            })
    void saysWhichZoneIsMissing(String arguments, String reason) {
        Configured configured = Configured.by(arguments, Map.of(), TOKEN);
        assertThat(configured.config.live()).isEmpty();
        assertThat(configured.warnings)
                .singleElement()
                .asString()
                .contains(" cannot be used: ", reason)
                .endsWith("; used instead: the figure of the table");
    }

    @Test
    void saysHowToSetATokenThatIsMissing() {
        assertThat(Configured.by("live-intensity=electricitymaps,zone=FR").warnings)
                .containsExactly(
                        "live-intensity=electricitymaps cannot be used: it needs a token in the environment variable"
                                + " WATTLE_LIVE_INTENSITY_TOKEN, or live-intensity-token-file=FILE; used instead: the figure of the"
                                + " table");
    }

    @Test
    void anotherAddressMayNeedNoToken() {
        LiveIntensityConfig live = Configured.by(
                        "live-intensity=electricitymaps,zone=FR,live-intensity-url=http://gateway:8080/em/")
                .config
                .live()
                .orElseThrow();
        assertThat(live.provider()).isEqualTo(Provider.ELECTRICITYMAPS);
        assertThat(live.url()).isEqualTo(URI.create("http://gateway:8080/em"));
        assertThat(live.token()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"live-intensity-token=sesame", "live-intensity-token=sesame,with comma=inside"})
    void refusesATokenThatOthersCanReadAndShowsNothingOfIt(String token) {
        Configured configured = Configured.by("live-intensity=electricitymaps,zone=FR," + token);
        assertThat(configured.config.live()).isEmpty();
        assertThat(configured.warnings).hasSize(2).noneMatch(line -> line.contains("sesame"));
        assertThat(configured.warnings.get(0)).contains("live-intensity-token-file=FILE");
    }

    @Test
    void readsATokenFromAFileAndHidesIt(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "sesame\n");
        AgentConfig config =
                Configured.by("live-intensity=electricitymaps,zone=FR,live-intensity-token-file=" + file).config;
        assertThat(config.live().orElseThrow().token().orElseThrow().value()).isEqualTo("sesame");
        assertThat(config.toString()).doesNotContain("sesame");
    }
}
