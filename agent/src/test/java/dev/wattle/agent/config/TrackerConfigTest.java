/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrackerConfigTest {
    private static final String SERVER = "http://tracking.example:5000";
    private static final Map<String, String> BOTH =
            Map.of("MLFLOW_TRACKING_URI", SERVER + "/", "MLFLOW_RUN_ID", "0f3b");

    @Test
    void theTwoVariablesOfMlflowTurnItOn() {
        MlflowConfig mlflow = mlflow("", BOTH);

        assertThat(mlflow.server()).isEqualTo(SERVER);
        assertThat(mlflow.run()).isEqualTo("0f3b");
        assertThat(mlflow.authorization()).isEmpty();
    }

    @Test
    void keysComeBeforeTheVariables() {
        assertThat(mlflow("mlflow=https://other/mlflow,mlflow-run=mine", BOTH))
                .hasToString("run mine at https://other/mlflow");
        assertThat(mlflow("mlflow-run=mine", BOTH)).hasToString("run mine at " + SERVER);
        Configured off = Configured.by("mlflow=off", Map.of(), BOTH);
        assertThat(off.config.trackers().mlflow()).isEmpty();
        assertThat(off.warnings).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"MLFLOW_TRACKING_URI, file:/mlruns", "MLFLOW_TRACKING_URI, http://host:5000", "MLFLOW_RUN_ID, 0f3b"})
    void oneVariableAloneIsForOtherPrograms(String name, String value) {
        Configured configured = Configured.by("", Map.of(), Map.of(name, value));

        assertThat(configured.config.trackers().isAny()).isFalse();
        assertThat(configured.warnings).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"mlflow=http://host:5000, mlflow-run=ID", "mlflow-run=0f3b, mlflow=http://HOST:PORT"})
    void oneKeyAloneIsAWarningThatNamesTheOther(String arguments, String missing) {
        Configured configured = Configured.by(arguments);

        assertThat(configured.config.trackers().isAny()).isFalse();
        assertThat(configured.warnings).singleElement().asString().endsWith("is set and " + missing + " is missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"databricks", "sqlite:///mlflow.db", "file:/mlruns", "http://", "http://h/?a=b", "http://a b"})
    void reportsAnAddressThatIsNoServer(String address) {
        Configured configured =
                Configured.by("", Map.of(), Map.of("MLFLOW_TRACKING_URI", address, "MLFLOW_RUN_ID", "0f3b"));

        assertThat(configured.config.trackers().mlflow()).isEmpty();
        assertThat(configured.warnings)
                .singleElement()
                .asString()
                .startsWith("mlflow=" + address + " (from environment variable MLFLOW_TRACKING_URI) cannot be used: ")
                .endsWith("; used instead: off");
    }

    @Test
    void readsTheCredentialsOfMlflowsClients() {
        assertThat(with("MLFLOW_TRACKING_TOKEN", "t0ken=").authorization()).hasValue("Bearer t0ken=");
        MlflowConfig basic = mlflow(
                "",
                Map.of(
                        "MLFLOW_TRACKING_URI", SERVER,
                        "MLFLOW_RUN_ID", "0f3b",
                        "MLFLOW_TRACKING_USERNAME", "ada",
                        "MLFLOW_TRACKING_PASSWORD", "se:same",
                        "MLFLOW_TRACKING_TOKEN", "unused"));
        assertThat(basic.authorization()).hasValue(basic("ada:se:same"));
        assertThat(mlflow("", Map.of("MLFLOW_TRACKING_URI", "https://ada:s3same@host/x/", "MLFLOW_RUN_ID", "0f3b")))
                .hasToString("run 0f3b at https://host/x")
                .satisfies(config -> assertThat(config.authorization()).hasValue(basic("ada:s3same")));
    }

    @Test
    void noMessageHasACredential() {
        assertThat(Configured.by("mlflow=ftp://ada:s3same@host,mlflow-run=0f3b").warnings)
                .singleElement()
                .asString()
                .contains("mlflow=ftp://...@host")
                .doesNotContain("s3same");
        assertThat(Configured.by(
                                "",
                                Map.of(),
                                Map.of(
                                        "MLFLOW_TRACKING_URI", SERVER,
                                        "MLFLOW_RUN_ID", "0f3b",
                                        "MLFLOW_TRACKING_TOKEN", "s3 same"))
                        .warnings)
                .containsExactly(
                        "MLflow gets no values: MLFLOW_TRACKING_TOKEN has other than visible ASCII characters");
    }

    @Test
    void resolvesTheDirectoryForTensorBoard() {
        assertThat(Configured.by("tensorboard=~/logs").config.trackers().tensorBoard())
                .hasValue(Path.of("/home/ada/logs"));
        assertThat(Configured.by("tensorboard=off").config.trackers().isAny()).isFalse();
    }

    private static MlflowConfig with(String name, String value) {
        return mlflow("", Map.of("MLFLOW_TRACKING_URI", SERVER, "MLFLOW_RUN_ID", "0f3b", name, value));
    }

    private static MlflowConfig mlflow(String arguments, Map<String, String> environment) {
        Configured configured = Configured.by(arguments, Map.of(), environment);
        assertThat(configured.warnings).isEmpty();
        return configured.config.trackers().mlflow().orElseThrow();
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
