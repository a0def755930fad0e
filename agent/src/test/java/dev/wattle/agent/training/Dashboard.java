/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.training;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The dashboard for Grafana, as the documentation ships it. */
record Dashboard(JsonObject json) {
    private static final Pattern METRIC = Pattern.compile("[a-z_:]*wattle_[a-z0-9_:]+");
    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+), \\w+\\)");

    static Dashboard read(Path file) {
        try {
            return new Dashboard(JsonParser.parseString(Files.readString(file)).getAsJsonObject());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<JsonObject> panels() {
        return objects(json.getAsJsonArray("panels"));
    }

    List<JsonObject> variables() {
        return objects(json.getAsJsonObject("templating").getAsJsonArray("list"));
    }

    /** The queries of the panels, with what Grafana puts in place of its variables. */
    List<String> queries() {
        List<String> queries = new ArrayList<>();
        for (JsonObject panel : panels()) {
            if (panel.has("targets")) {
                for (JsonObject target : objects(panel.getAsJsonArray("targets"))) {
                    queries.add(filled(target.get("expr").getAsString()));
                }
            }
        }
        return queries;
    }

    /** The selectors behind the variables. */
    List<String> selectors() {
        List<String> selectors = new ArrayList<>();
        for (JsonObject variable : variables()) {
            if (variable.get("type").getAsString().equals("query")) {
                Matcher matcher = LABEL_VALUES.matcher(
                        variable.getAsJsonObject("query").get("query").getAsString());
                if (!matcher.matches()) {
                    throw new AssertionError(variable);
                }
                selectors.add(filled(matcher.group(1)));
            }
        }
        return selectors;
    }

    /** The names of the metrics in a query. */
    static Set<String> metrics(String query) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = METRIC.matcher(query);
        while (matcher.find()) {
            names.add(matcher.group());
        }
        return names;
    }

    static List<JsonObject> objects(JsonArray array) {
        List<JsonObject> objects = new ArrayList<>();
        for (JsonElement element : array) {
            objects.add(element.getAsJsonObject());
        }
        return objects;
    }

    private static String filled(String query) {
        return query.replace("$instance", ".*")
                .replace("$device", ".*")
                .replace("$__rate_interval", "1m")
                .replace("$__range", "5m");
    }
}
