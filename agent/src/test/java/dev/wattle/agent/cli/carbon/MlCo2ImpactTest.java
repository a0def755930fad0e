/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.carbon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The published method of the ML CO2 Impact calculator (Lacoste and others, 2019): board power x hours x carbon intensity. The
 * board powers and the intensities of regions are those of its own tables as of 2022.
 */
class MlCo2ImpactTest {

    @ParameterizedTest
    @CsvSource({
        // its name, watts and region's g/kWh; hours
        "A100 SXM4 80 GB, 400, 557, 100",
        "GTX 1080 Ti, 250, 566.3, 72",
        "RTX 2080 Ti, 250, 105, 12.5",
        "RTX 8000, 260, 617, 336",
        "T4, 70, 297.6, 8760",
        "Tesla P40, 250, 20, 1",
        "Tesla V100-SXM2-32GB, 300, 367.8, 2688",
        "Titan RTX, 280, 702, 24",
        "RTX 3090, 350, 516, 0.25",
        "RTX A6000, 300, 1009, 1000",
    })
    void aCalculationOfTheirsIsReproduced(String name, double watts, double gramsPerKwh, double hours)
            throws Exception {
        JsonObject estimate = estimate("--gpu", name, "--hours=" + hours, "--intensity", "" + gramsPerKwh);

        double kwh = watts / 1000 * hours;
        assertThat(expected(estimate, "kwh")).isCloseTo(kwh, within(1e-9 * kwh));
        assertThat(expected(estimate, "co2e_grams")).isCloseTo(kwh * gramsPerKwh, within(1e-9 * kwh * gramsPerKwh));
    }

    /** Their table has 300 W for the PCIe board and 250 W for the SXM2 module of 16 GB; NVIDIA's has them the other way. */
    @ParameterizedTest
    @CsvSource({"Tesla V100-PCIE-16GB, 300, 250", "Tesla V100-SXM2-16GB, 250, 300"})
    void theTwoBoardsThatTheirTableSwapsHaveTheMakersPower(String name, double theirs, double makers) throws Exception {
        assertThat(expected(estimate("--gpu", name, "--hours", "1"), "kwh"))
                .isEqualTo(makers / 1000)
                .isNotEqualTo(theirs / 1000);
    }

    private static JsonObject estimate(String... options) throws UsageException {
        String[] words = new String[options.length + 1];
        System.arraycopy(options, 0, words, 0, options.length);
        words[options.length] = "--json";
        return JsonParser.parseString(EstimateCommand.answer(line -> {}, words)).getAsJsonObject();
    }

    private static double expected(JsonObject estimate, String name) {
        return estimate.getAsJsonObject(name).get("expected").getAsDouble();
    }
}
