/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.ledger.RunIdentity;
import dev.wattle.core.ledger.read.EnergySeries;
import dev.wattle.core.ledger.read.RecordedDevice;
import dev.wattle.core.ledger.read.RecordedEpoch;
import dev.wattle.core.ledger.read.RecordedRun;
import dev.wattle.core.ledger.read.RecordedTotals;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class MeteredEstimateTest {
    private static final Instant START = Instant.parse("2026-11-28T12:00:00Z");

    /** One kWh in microjoules. */
    private static final long KWH = 3_600_000_000_000L;

    @Test
    void manyRunsLikeItUseItsEnergyManyTimes() {
        MeteredSlice slice = slice("counter", 10 * KWH, List.of());

        Estimate estimate = scale(4789, 0, 0, 0).of(slice, CarbonSettings.worldDefault());

        assertThat(estimate.kwh()).isEqualTo(Range.exactly(47_890));
        assertThat(estimate.gramsCo2e().expected()).isCloseTo(47_890 * 458.0, within(1e-3));
        assertThat(estimate.references()).containsExactly("strubell-2019");
        assertThat(estimate.assumptions())
                .extracting(Assumption::subject)
                .containsExactly("metered run", "runs", "quality");
    }

    @Test
    void aModelledRunHasTheStatedErrorOfItsModel() {
        Estimate estimate = scale(10, 0, 0, 0).of(slice("modelled", KWH, List.of()), CarbonSettings.worldDefault());

        assertThat(estimate.kwh().expected()).isEqualTo(10);
        assertThat(estimate.kwh().low()).isCloseTo(6, within(1e-9));
        assertThat(estimate.kwh().high()).isCloseTo(14, within(1e-9));
        assertThat(estimate.range()).contains("modelled", "40 %");
        assertThat(estimate.references()).containsExactly("strubell-2019", "fischer-2025");
    }

    @Test
    void moreEpochsCostTheMeanWithoutTheFirstAndTheRestOfTheRunCountsOnce() {
        // 2 kWh outside, then epochs of 3, 1.0, 1.1 and 0.9 kWh.
        MeteredSlice slice = slice("counter", 8 * KWH, epochs(1, 3.0, 1.0, 1.1, 0.9));

        Estimate estimate = scale(0, 100, 0, 0).of(slice, CarbonSettings.worldDefault());

        assertThat(slice.outsideKwh()).isCloseTo(2, within(1e-9));
        assertThat(estimate.kwh().expected()).isCloseTo(2 + 3 + 99, within(1e-9));
        // t(0.975, 2) s sqrt(m + m^2 / k) with s = 0.1, m = 100, k = 3.
        double margin = 4.303 * 0.1 * Math.sqrt(100 + 100 * 100 / 3.0);
        assertThat(estimate.kwh().high()).isCloseTo(104 + margin, within(1e-3));
        assertThat(estimate.kwh().low()).isCloseTo(104 - margin, within(1e-3));
        assertThat(estimate.range()).contains("spread of its epochs");
        assertThat(estimate.assumptions()).anyMatch(one -> one.subject().equals("in proportion"));
    }

    @Test
    void asManyEpochsAsRecordedUseWhatWasMetered() {
        MeteredSlice slice = slice("counter", 8 * KWH, epochs(1, 3.0, 1.0, 1.1, 0.9));

        assertThat(scale(0, 4, 0, 0)
                        .of(slice, CarbonSettings.worldDefault())
                        .kwh()
                        .expected())
                .isCloseTo(8, within(1e-9));
        assertThat(scale(3, 4, 0, 0)
                        .of(slice, CarbonSettings.worldDefault())
                        .kwh()
                        .expected())
                .isCloseTo(24, within(1e-9));
    }

    @Test
    void samplesAreEpochsInAnotherUnit() {
        MeteredSlice slice = slice("counter", 8 * KWH, epochs(1, 3.0, 1.0, 1.1, 0.9));

        Estimate bySamples = scale(0, 0, 100_000, 0).of(slice, CarbonSettings.worldDefault());
        Estimate byEpochs = scale(0, 100, 0, 0).of(slice, CarbonSettings.worldDefault());

        assertThat(bySamples.kwh()).isEqualTo(byEpochs.kwh());
    }

    @Test
    void theTrainingThatUsedMostIsTheOneThatGrows() {
        List<RecordedEpoch> epochs = new ArrayList<>(epochs(1, 0.1, 0.1));
        epochs.addAll(epochs(2, 1.0, 1.0));

        MeteredSlice slice = slice("counter", 3 * KWH, epochs);

        assertThat(slice.epochs()).isEqualTo(2);
        assertThat(slice.outsideKwh()).isCloseTo(1, within(1e-9));
    }

    @Test
    void moreGpusUseMoreInProportion() {
        MeteredSlice slice = slice("integrated", 2 * KWH, List.of());

        Estimate estimate = scale(0, 0, 0, 8).of(slice, CarbonSettings.worldDefault());

        assertThat(estimate.kwh().expected()).isCloseTo(16, within(1e-9));
        assertThat(estimate.kwh().high()).isCloseTo(16 * 1.05, within(1e-9));
    }

    @Test
    void aRunWithoutWhatIsScaledIsRefusedInOneLine() {
        MeteredSlice plain = slice("counter", KWH, List.of());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> scale(0, 10, 0, 0).of(plain, CarbonSettings.worldDefault()))
                .withMessage("run 'digits' has no epochs in its journal; use --times");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scale(0, 0, 10, 0).of(plain, CarbonSettings.worldDefault()))
                .withMessage("run 'digits' has no epochs in its journal; use --times");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scale(0, 0, 0, 2).of(plain, CarbonSettings.worldDefault()))
                .withMessage("run 'digits' used no GPU that was metered, so --gpus has no base");
    }

    private static MeteredEstimate scale(double times, double epochs, double samples, double gpus) {
        return new MeteredEstimate(orEmpty(times), orEmpty(epochs), orEmpty(samples), orEmpty(gpus));
    }

    private static OptionalDouble orEmpty(double value) {
        return value == 0 ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** Epochs of 1,000 samples. */
    private static List<RecordedEpoch> epochs(int training, double... kwh) {
        List<RecordedEpoch> epochs = new ArrayList<>();
        for (int i = 0; i < kwh.length; i++) {
            epochs.add(new RecordedEpoch(
                    training,
                    "dl4j",
                    i + 1,
                    i + 1,
                    START.plusSeconds(i),
                    1,
                    Math.round(kwh[i] * KWH),
                    0,
                    Double.NaN,
                    10,
                    1_000,
                    Double.NaN,
                    Map.of()));
        }
        return epochs;
    }

    /** A run of one device: a GPU where the energy is integrated, else a processor. */
    private static MeteredSlice slice(String quality, long microjoules, List<RecordedEpoch> epochs) {
        boolean gpu = quality.equals("integrated");
        String device = gpu ? "gpu-0" : "package-0";
        return new MeteredSlice(
                new RecordedRun(
                        Path.of("20261128-120000-7-digits.jsonl"),
                        new RunIdentity("digits", Optional.empty(), Map.of(), "host", 7, "17", "0.1.0", START),
                        Optional.empty(),
                        List.of(new RecordedDevice(
                                device, gpu ? "gpu" : "cpu", "", "", quality, "machine", microjoules)),
                        new RecordedTotals(
                                START.plusSeconds(60),
                                60,
                                Map.of(device, microjoules),
                                Map.of(quality, microjoules),
                                Map.of(),
                                Double.NaN,
                                Map.of()),
                        true,
                        List.of(),
                        EnergySeries.NONE,
                        Optional.empty()),
                epochs);
    }
}
