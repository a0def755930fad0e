/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.carbon;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.wattle.core.estimate.PublishedFigure;
import dev.wattle.core.estimate.PublishedPaper;
import dev.wattle.core.estimate.PublishedRow;
import dev.wattle.core.estimate.References;
import dev.wattle.core.json.JsonText;

/** Published tables next to what their own inputs give, for a program. What is not printed, or cannot be recomputed, is left out. */
final class PaperJson {
    private static final int SCHEMA = 1;

    private PaperJson() {}

    static String of(PublishedPaper paper) {
        JsonObject document = new JsonObject();
        document.addProperty("schema", SCHEMA);
        document.addProperty("paper", paper.word());
        document.addProperty("citation", References.citation(paper.reference()));
        document.addProperty("method", paper.method());
        JsonArray rows = new JsonArray();
        paper.rows().forEach(row -> rows.add(row(row)));
        document.add("rows", rows);
        return JsonText.indented(document) + "\n";
    }

    private static JsonObject row(PublishedRow row) {
        JsonObject json = new JsonObject();
        json.addProperty("table", row.table());
        json.addProperty("row", row.name());
        if (!row.hardware().isEmpty()) {
            json.addProperty("hardware", row.hardware());
        }
        json.addProperty("recomputable", row.isRecomputed());
        if (row.isRecomputed()) {
            json.addProperty("inputs", row.calculation());
        }
        row.energy().ifPresent(figure -> json.add("energy", figure(figure)));
        row.co2e().ifPresent(figure -> json.add("co2e", figure(figure)));
        if (!row.remark().isEmpty()) {
            json.addProperty("remark", row.remark());
        }
        return json;
    }

    private static JsonObject figure(PublishedFigure figure) {
        JsonObject json = new JsonObject();
        json.addProperty("unit", figure.unit());
        json.addProperty("published", figure.published());
        if (figure.isRecomputed()) {
            json.addProperty("recomputed", figure.recomputed());
            json.addProperty("relative_difference", figure.relativeDifference());
        }
        return json;
    }
}
