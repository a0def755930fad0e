/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.detail;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Reads fields of JSON that may come from another version or be damaged: a field of another type than expected is absent.
 * No method throws an exception.
 */
final class JsonFields {

    private JsonFields() {}

    /** A text; empty where there is none. */
    static String text(JsonObject json, String name) {
        JsonElement element = json.get(name);
        return element != null
                        && element.isJsonPrimitive()
                        && element.getAsJsonPrimitive().isString()
                ? element.getAsString()
                : "";
    }

    static boolean isTrue(JsonObject json, String name) {
        JsonElement element = json.get(name);
        return element != null
                && element.isJsonPrimitive()
                && element.getAsJsonPrimitive().isBoolean()
                && element.getAsBoolean();
    }

    /** A finite number. */
    static OptionalDouble number(JsonObject json, String name) {
        return number(json.get(name));
    }

    private static OptionalDouble number(@Nullable JsonElement element) {
        if (element == null
                || !element.isJsonPrimitive()
                || !element.getAsJsonPrimitive().isNumber()) {
            return OptionalDouble.empty();
        }
        double value;
        try {
            value = element.getAsDouble();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    /** A finite number; NaN where there is none. */
    static double numberOrNaN(JsonObject json, String name) {
        return number(json, name).orElse(Double.NaN);
    }

    /** A whole number of at least 0; 0 where there is none. */
    static long count(JsonObject json, String name) {
        return count(json.get(name));
    }

    /** A whole number of at least 0 that an {@code int} can hold; 0 where there is none. */
    static int smallCount(JsonObject json, String name) {
        return (int) Math.min(Integer.MAX_VALUE, count(json, name));
    }

    private static long count(@Nullable JsonElement element) {
        OptionalDouble approximate = number(element);
        if (element == null || approximate.isEmpty() || !(approximate.getAsDouble() >= 0)) {
            return 0;
        }
        try {
            return Math.max(0, Long.parseLong(element.getAsString()));
        } catch (NumberFormatException notWhole) {
            return (long) approximate.getAsDouble();
        }
    }

    /** An object; an empty one where there is none. */
    static JsonObject object(JsonObject json, String name) {
        JsonElement element = json.get(name);
        return element != null && element.isJsonObject() ? element.getAsJsonObject() : new JsonObject();
    }

    /** The objects in an array; none where there is no array. */
    static List<JsonObject> objects(JsonObject json, String name) {
        List<JsonObject> objects = new ArrayList<>();
        for (JsonElement element : array(json, name)) {
            if (element.isJsonObject()) {
                objects.add(element.getAsJsonObject());
            }
        }
        return objects;
    }

    static JsonArray array(JsonObject json, String name) {
        JsonElement element = json.get(name);
        return element != null && element.isJsonArray() ? element.getAsJsonArray() : new JsonArray();
    }

    /** An object whose members are whole numbers, such as energies by device. */
    static Map<String, Long> counts(JsonObject json, String name) {
        Map<String, Long> counts = new LinkedHashMap<>();
        object(json, name).entrySet().forEach(member -> counts.put(member.getKey(), count(member.getValue())));
        return counts;
    }

    /** An object whose members are finite numbers. */
    static Map<String, Double> numbers(JsonObject json, String name) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        object(json, name)
                .entrySet()
                .forEach(member -> number(member.getValue()).ifPresent(value -> numbers.put(member.getKey(), value)));
        return numbers;
    }

    /** An object whose members are texts. */
    static Map<String, String> texts(JsonObject json, String name) {
        JsonObject members = object(json, name);
        Map<String, String> texts = new LinkedHashMap<>();
        members.keySet().forEach(key -> texts.put(key, text(members, key)));
        return texts;
    }

    /** The texts in an array. */
    static List<String> textList(JsonObject json, String name) {
        List<String> texts = new ArrayList<>();
        for (JsonElement element : array(json, name)) {
            if (element.isJsonPrimitive() && element.getAsJsonPrimitive().isString()) {
                texts.add(element.getAsString());
            }
        }
        return texts;
    }

    /** The numbers of an array of arrays; a row with a member that is no number is left out. */
    static List<double[]> rows(JsonObject json, String name, int columns) {
        List<double[]> rows = new ArrayList<>();
        for (JsonElement element : array(json, name)) {
            if (!element.isJsonArray() || element.getAsJsonArray().size() < columns) {
                continue;
            }
            double[] row = new double[columns];
            boolean complete = true;
            for (int i = 0; i < columns; i++) {
                OptionalDouble value = number(element.getAsJsonArray().get(i));
                complete &= value.isPresent();
                row[i] = value.orElse(Double.NaN);
            }
            if (complete) {
                rows.add(row);
            }
        }
        return rows;
    }
}
