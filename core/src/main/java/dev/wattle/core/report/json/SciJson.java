/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.impact.EmbodiedShare;
import dev.wattle.core.snapshot.RunSci;

/** The SCI score of a run in the journal and in the live data. A figure that is unknown is left out. */
final class SciJson {

    private static final String STANDARD = "ISO/IEC 21031:2024";

    private SciJson() {}

    static JsonObject of(RunSci sci) {
        JsonObject json = new JsonObject();
        json.addProperty("standard", STANDARD);
        json.addProperty("operational_grams", sci.score().operationalGrams());
        json.addProperty("embodied_grams", sci.score().embodied().gramsCo2e());
        json.addProperty("grams_per_run", sci.score().grams());
        JsonNumbers.addFinite(json, "grams_per_epoch", sci.gramsPerEpoch());
        JsonNumbers.addFinite(json, "grams_per_1000_samples", sci.gramsPerThousandSamples());
        JsonNumbers.addFinite(json, "grams_per_million_tokens", sci.gramsPerMillionTokens());
        JsonNumbers.addFinite(json, "grams_per_exaflop", sci.gramsPerExaflop());
        json.add("embodied", embodied(sci.score().embodied()));
        return json;
    }

    private static JsonObject embodied(EmbodiedShare embodied) {
        JsonObject json = new JsonObject();
        json.addProperty("kg", embodied.kgCo2e());
        json.addProperty("reserved_seconds", EnergyUnits.seconds(embodied.reservedNanos()));
        json.addProperty("lifetime_years", embodied.lifetimeYears());
        json.addProperty("share", embodied.share());
        JsonArray basis = new JsonArray();
        embodied.basis().forEach(basis::add);
        json.add("basis", basis);
        return json;
    }
}
