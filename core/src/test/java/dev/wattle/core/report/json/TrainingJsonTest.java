/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.Phase;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.epoch.ReportedWork;
import dev.wattle.core.epoch.TrainingRecord;
import dev.wattle.core.forecast.Forecast;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrainingJsonTest {

    private static JsonObject json(ReportedWork work) {
        TrainingRecord training = new TrainingRecord(
                1,
                Framework.CUSTOM,
                "model",
                0,
                Instant.EPOCH,
                List.of(),
                0,
                10,
                640,
                0,
                Map.of(),
                Map.of(Phase.values()[0], 90_000_000L),
                10_000_000L,
                Set.of(),
                false,
                false,
                true,
                work);
        Forecast forecast = new Forecast(1, 0, Optional.empty(), List.of());
        return TrainingJson.of(training, forecast, CarbonSettings.worldDefault());
    }

    @Test
    void tokensAndOperationsHaveTheEnergyOfTheTrainingAndOfThoseInsideItsEpochs() {
        JsonObject json = json(new ReportedWork(50_000, 4e15));

        assertThat(json.get("tokens").getAsLong()).isEqualTo(50_000);
        assertThat(json.get("joules_per_token").getAsDouble()).isEqualTo(100.0 / 50_000);
        assertThat(json.get("flops").getAsDouble()).isEqualTo(4e15);
        assertThat(json.get("joules_per_flop").getAsDouble()).isEqualTo(100 / 4e15);
    }

    @Test
    void whatNobodyReportedIsLeftOut() {
        assertThat(json(ReportedWork.NONE).keySet())
                .doesNotContain("tokens", "joules_per_token", "flops", "joules_per_flop");
    }
}
