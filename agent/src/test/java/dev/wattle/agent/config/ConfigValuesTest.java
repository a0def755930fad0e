/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigValuesTest {
    private final List<String> warnings = new ArrayList<>();
    private final Properties properties = new Properties();

    @TempDir
    private Path directory;

    @Test
    void readsArgumentsSeparatedByCommas() {
        ConfigValues values = read("zone=FR,interval=200ms");

        assertThat(text(values, ConfigKey.ZONE)).isEqualTo("FR");
        assertThat(text(values, ConfigKey.INTERVAL)).isEqualTo("200ms");
        assertThat(warnings).isEmpty();
    }

    @Test
    void continuesAValueWithAPartWithoutAnEqualsSign() {
        ConfigValues values = read("sources=powercap,model,zone=FR,labels=team:vision,stage:dev");

        assertThat(text(values, ConfigKey.SOURCES)).isEqualTo("powercap,model");
        assertThat(text(values, ConfigKey.ZONE)).isEqualTo("FR");
        assertThat(text(values, ConfigKey.LABELS)).isEqualTo("team:vision,stage:dev");
    }

    @Test
    void ignoresASuperfluousComma() {
        ConfigValues values = read(",zone=FR,, interval=200ms ,");

        assertThat(text(values, ConfigKey.ZONE)).isEqualTo("FR");
        assertThat(text(values, ConfigKey.INTERVAL)).isEqualTo("200ms");
        assertThat(warnings).isEmpty();
    }

    @Test
    void keepsAnEqualsSignInAValue() {
        assertThat(text(read("run=a=b"), ConfigKey.RUN)).isEqualTo("a=b");
    }

    @Test
    void warnsOfAnArgumentWithoutAKey() {
        read("FR,zone=FR");

        assertThat(warnings).singleElement().asString().contains("'FR'", "not key=value");
    }

    @Test
    void takesTheFirstOfTwoAndWarns() {
        assertThat(text(read("zone=FR,zone=DE"), ConfigKey.ZONE)).isEqualTo("FR");
        assertThat(warnings).singleElement().asString().contains("zone is set twice", "used: FR");
    }

    @Test
    void readsNothingWhereThereIsNothing() {
        for (ConfigKey key : ConfigKey.values()) {
            assertThat(read(null).get(key)).isEmpty();
        }
        assertThat(warnings).isEmpty();
    }

    @Test
    void prefersTheArgumentsThenPropertiesThenTheEnvironmentThenTheFile() throws IOException {
        Path file = file("run=file\nproject=file\nzone=FR\nwattle.pue=1.4\n");
        properties.setProperty("wattle.run", "property");
        properties.setProperty("wattle.project", "property");
        properties.setProperty("wattle.config", file.toString());
        Map<String, String> environment =
                Map.of("WATTLE_RUN", "environment", "WATTLE_PROJECT", "environment", "WATTLE_CARBON_INTENSITY", "40");

        ConfigValues values = ConfigValues.read("run=argument", properties, environment, warnings::add);

        assertThat(text(values, ConfigKey.RUN)).isEqualTo("argument");
        assertThat(text(values, ConfigKey.PROJECT)).isEqualTo("property");
        assertThat(text(values, ConfigKey.CARBON_INTENSITY)).isEqualTo("40");
        assertThat(text(values, ConfigKey.ZONE)).isEqualTo("FR");
        assertThat(text(values, ConfigKey.PUE)).isEqualTo("1.4");
        assertThat(warnings).isEmpty();
    }

    @Test
    void knowsTheOriginOfAValue() throws IOException {
        Path file = file("pue=1.2");
        properties.setProperty("wattle.run", "b");

        ConfigValues values = ConfigValues.read(
                "zone=FR,config=" + file, properties, Map.of("WATTLE_PROC_ROOT", "/proc"), warnings::add);

        assertThat(origin(values, ConfigKey.ZONE)).isEqualTo("the arguments");
        assertThat(origin(values, ConfigKey.RUN)).isEqualTo("system property wattle.run");
        assertThat(origin(values, ConfigKey.PROC_ROOT)).isEqualTo("environment variable WATTLE_PROC_ROOT");
        assertThat(origin(values, ConfigKey.PUE)).isEqualTo(file.toString());
    }

    @Test
    void warnsOfEveryUnknownKeyWithItsOriginAndTheKnownKeys() throws IOException {
        Path file = file("zones=FR");
        properties.setProperty("wattle.Zone", "FR");

        ConfigValues.read("zome=FR,config=" + file, properties, Map.of("WATTLE_ZON", "FR"), warnings::add);

        assertThat(warnings)
                .hasSize(4)
                .allMatch(line ->
                        line.contains("known keys: interval, http, http-hosts, http-auth, http-auth-file, zone"));
        assertThat(warnings.get(0)).contains("'zome' in the arguments");
        assertThat(warnings.get(1)).contains("'Zone' in system property wattle.Zone");
        assertThat(warnings.get(2)).contains("'zon' in environment variable WATTLE_ZON");
        assertThat(warnings.get(3)).contains("'zones' in " + file);
        assertThat(warnings).allMatch(line -> line.contains("is ignored; did you mean 'zone'?"));
    }

    @Test
    void continuesWithoutAFileThatCannotBeRead() {
        ConfigValues values = read("config=/no/such/file,zone=FR");

        assertThat(text(values, ConfigKey.ZONE)).isEqualTo("FR");
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("config=/no/such/file (the arguments)", "it is ignored");
    }

    @Test
    void readsNoFileThatAFileNames() throws IOException {
        Path file = file("config=/other/file\nzone=FR");

        assertThat(text(read("config=" + file), ConfigKey.ZONE)).isEqualTo("FR");
        assertThat(warnings)
                .containsExactly("config=/other/file in " + file + " is ignored: a file names no other file");
    }

    @Test
    void continuesWithoutAFileThatIsNotText() throws IOException {
        Path file = Files.write(directory.resolve("binary"), new byte[] {'a', '=', (byte) 0xff, (byte) 0xfe});

        read("config=" + file);

        assertThat(warnings).singleElement().asString().contains("cannot be read");
    }

    @Test
    void continuesWithoutAFileThatIsADirectory() {
        read("config=" + directory);

        assertThat(warnings).singleElement().asString().contains("cannot be read");
    }

    private ConfigValues read(@Nullable String arguments) {
        return ConfigValues.read(arguments, properties, Map.of(), warnings::add);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("wattle.properties"), text);
    }

    private static String text(ConfigValues values, ConfigKey key) {
        return values.get(key).orElseThrow().text();
    }

    private static String origin(ConfigValues values, ConfigKey key) {
        return values.get(key).orElseThrow().origin();
    }
}
