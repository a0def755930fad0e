/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

/** Adds numbers to JSON: none that is not finite, and whole ones without an exponent. */
final class JsonNumbers {

    private JsonNumbers() {}

    /** Adds a member, unless the value is NaN or infinite. */
    static void addFinite(JsonObject json, String name, double value) {
        if (Double.isFinite(value)) {
            json.addProperty(name, value);
        }
    }

    /** The number; a whole one without fraction or exponent. */
    static JsonElement of(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < Long.MAX_VALUE;
        return whole ? new JsonPrimitive((long) value) : new JsonPrimitive(value);
    }
}
