/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.carbon;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.wattle.core.estimate.Assumption;
import dev.wattle.core.estimate.Estimate;
import dev.wattle.core.estimate.Range;
import dev.wattle.core.json.JsonText;
import dev.wattle.core.report.json.IntensityJson;
import java.math.BigDecimal;
import java.math.MathContext;

/** An estimate for a program: one document with finite numbers. */
final class EstimateJson {
    /** Grows when a name changes its meaning or goes, not when one is added. */
    private static final int SCHEMA = 1;

    /** Fewer digits than a double has, so that 806.4 is not 806.4000000000001. */
    private static final MathContext DIGITS = new MathContext(12);

    private EstimateJson() {}

    static String of(Estimate estimate, CarbonChoice carbon, String version) {
        JsonObject document = new JsonObject();
        document.addProperty("schema", SCHEMA);
        document.addProperty("wattle", version);
        document.addProperty("basis", estimate.basis());
        document.add("kwh", range(estimate.kwh()));
        document.add("facility_kwh", range(estimate.facilityKwh()));
        document.add("co2e_grams", range(estimate.gramsCo2e()));
        JsonArray parts = new JsonArray();
        for (Estimate.EnergyPart part : estimate.parts()) {
            JsonObject json = new JsonObject();
            json.addProperty("part", part.name());
            json.add("kwh", range(part.kwh()));
            parts.add(json);
        }
        document.add("parts", parts);
        document.add("carbon", carbon(carbon));
        JsonArray assumptions = new JsonArray();
        for (Assumption assumption : EstimateText.assumptions(estimate, carbon)) {
            JsonObject json = new JsonObject();
            json.addProperty("subject", assumption.subject());
            json.addProperty("value", assumption.value());
            if (!assumption.source().isEmpty()) {
                json.addProperty("source", assumption.source());
            }
            assumptions.add(json);
        }
        document.add("assumptions", assumptions);
        document.addProperty("not_included", estimate.excluded());
        PaperParagraph paragraph = PaperParagraph.of(estimate, carbon, version);
        document.addProperty("paragraph", paragraph.text());
        JsonArray references = new JsonArray();
        paragraph.references().forEach(references::add);
        document.add("references", references);
        return JsonText.indented(document) + "\n";
    }

    /** {@code expected}, and {@code low} and {@code high} where there is a range. */
    private static JsonObject range(Range range) {
        JsonObject json = new JsonObject();
        json.addProperty("expected", rounded(range.expected()));
        if (!range.isExact()) {
            json.addProperty("low", rounded(range.low()));
            json.addProperty("high", rounded(range.high()));
        }
        return json;
    }

    private static double rounded(double value) {
        return BigDecimal.valueOf(value).round(DIGITS).doubleValue();
    }

    /** The same fields as in a journal, and whether the zone is a stand-in. */
    private static JsonObject carbon(CarbonChoice carbon) {
        JsonObject json = IntensityJson.of(carbon.settings());
        json.addProperty("zone_name", carbon.settings().intensity().zoneName());
        json.addProperty("world_average", carbon.settings().worldAverage());
        return json;
    }
}
