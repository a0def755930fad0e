/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.carbon;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.CloudRegion;
import dev.wattle.core.carbon.FigureSource;
import dev.wattle.core.carbon.PublishedPues;
import dev.wattle.core.carbon.Pue;
import dev.wattle.core.json.JsonText;

/** The listing as one document for programs. A figure that is not published is left out. */
final class ZonesJson {
    /** Grows when a name changes its meaning or goes, not when one is added. */
    private static final int SCHEMA = 1;

    private ZonesJson() {}

    static String of(ZoneListing listing) {
        JsonObject document = new JsonObject();
        document.addProperty("schema", SCHEMA);
        JsonArray zones = new JsonArray();
        listing.zones().forEach(zone -> zones.add(zone(zone)));
        document.add("zones", zones);
        JsonArray regions = new JsonArray();
        listing.regions().forEach(region -> regions.add(region(region)));
        document.add("regions", regions);
        JsonArray pues = new JsonArray();
        listing.pues().forEach(entry -> pues.add(pue(entry)));
        document.add("pues", pues);
        JsonArray sources = new JsonArray();
        listing.sources().forEach(source -> sources.add(source(source)));
        document.add("sources", sources);
        return JsonText.indented(document) + "\n";
    }

    private static JsonObject zone(CarbonIntensity zone) {
        JsonObject json = new JsonObject();
        json.addProperty("zone", zone.zone());
        json.addProperty("name", zone.zoneName());
        addFigure(json, zone);
        return json;
    }

    private static JsonObject region(CloudRegion region) {
        JsonObject json = new JsonObject();
        json.addProperty("region", region.name());
        json.addProperty("provider", region.provider());
        json.addProperty("name", region.location());
        json.addProperty("zone", region.zone());
        json.addProperty("figure_of", region.intensity().zone());
        addFigure(json, region.intensity());
        region.pue().ifPresent(pue -> json.add("pue", figure(pue)));
        return json;
    }

    private static void addFigure(JsonObject json, CarbonIntensity intensity) {
        json.addProperty("grams_per_kwh", intensity.gramsPerKwh());
        json.addProperty("year", intensity.year());
        json.addProperty("kind", intensity.kind().tag());
        json.addProperty("basis", intensity.basis().tag());
        json.addProperty("source", intensity.source());
    }

    private static JsonObject pue(PublishedPues.Entry entry) {
        JsonObject json = figure(entry.pue());
        json.addProperty("name", entry.name());
        return json;
    }

    private static JsonObject figure(Pue pue) {
        JsonObject json = new JsonObject();
        json.addProperty("value", pue.value());
        json.addProperty("scope", pue.scope());
        json.addProperty("year", pue.year());
        json.addProperty("source", pue.source());
        return json;
    }

    private static JsonObject source(FigureSource source) {
        JsonObject json = new JsonObject();
        json.addProperty("code", source.code());
        json.addProperty("title", source.title());
        json.addProperty("publisher", source.publisher());
        json.addProperty("year", source.year());
        json.addProperty("licence", source.licence());
        return json;
    }
}
