/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.ledger;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.wattle.core.json.JsonText;
import dev.wattle.core.ledger.read.SkippedFile;
import dev.wattle.core.ledger.totals.LedgerRow;
import dev.wattle.core.ledger.totals.LedgerTotals;
import dev.wattle.core.report.json.IntensityJson;

/** The report as JSON. Energies are whole microjoules, and the rows add up to the totals. */
final class ReportJson {
    private ReportJson() {}

    static String of(LedgerTotals ledger, ReportOptions options) {
        JsonObject json = new JsonObject();
        json.addProperty("by", options.by());
        json.add("totals", figures(ledger.totals(), new JsonObject()));
        JsonArray rows = new JsonArray();
        for (LedgerRow row : options.order().sorted(ledger.rows())) {
            JsonObject named = new JsonObject();
            named.addProperty("name", row.name());
            rows.add(figures(row, named));
        }
        json.add("rows", rows);
        if (options.intensity().isPresent() || options.query().pue().isPresent()) {
            json.add("what_if", whatIf(options));
        }
        JsonArray skipped = new JsonArray();
        for (SkippedFile file : ledger.skipped()) {
            JsonObject entry = new JsonObject();
            entry.addProperty("file", file.file().toString());
            entry.addProperty("reason", file.reason());
            skipped.add(entry);
        }
        json.add("skipped", skipped);
        return JsonText.indented(json) + "\n";
    }

    private static JsonObject figures(LedgerRow row, JsonObject json) {
        json.addProperty("microjoules", row.microjoules());
        json.addProperty("kwh", row.kwh());
        if (row.withoutCo2e() < row.runs() || row.runs() == 0) {
            json.addProperty("co2e_grams", row.co2eGrams());
        }
        json.addProperty("runs", row.runs());
        json.addProperty("killed", row.killed());
        json.addProperty("seconds", row.seconds());
        JsonObject qualities = new JsonObject();
        row.microjoulesByQuality().forEach(qualities::addProperty);
        json.add("microjoules_by_quality", qualities);
        json.addProperty("process_microjoules", row.processMicrojoules());
        json.addProperty("recorded_microjoules", row.recordedMicrojoules());
        if (row.withoutCo2e() > 0) {
            json.addProperty("runs_without_co2e", row.withoutCo2e());
        }
        return json;
    }

    private static JsonObject whatIf(ReportOptions options) {
        JsonObject json = options.intensity().map(IntensityJson::of).orElseGet(JsonObject::new);
        options.query().pue().ifPresent(pue -> json.addProperty("pue", pue));
        return json;
    }
}
