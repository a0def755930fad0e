/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * Writes JSON as text. All JSON of the project is written here.
 *
 * <p>JSON has no NaN and no infinity (RFC 8259, section 6), and one of them makes the whole document unreadable. A member whose
 * number is not finite is left out; in an array, where positions count, it is {@code null}.
 */
public final class JsonText {

    private static final String INDENT = "  ";

    private JsonText() {}

    /** On one line, without a line break at the end. */
    public static String of(JsonElement json) {
        return written(json, "");
    }

    /** On several lines, for a person. */
    public static String indented(JsonElement json) {
        return written(json, INDENT);
    }

    private static String written(JsonElement json, String indent) {
        StringWriter text = new StringWriter();
        JsonWriter out = new JsonWriter(text);
        out.setIndent(indent);
        try {
            write(json, out);
        } catch (IOException e) {
            throw new UncheckedIOException("text in memory takes all that is written", e);
        }
        return text.toString();
    }

    private static void write(JsonElement json, JsonWriter out) throws IOException {
        if (json instanceof JsonObject object) {
            out.beginObject();
            for (Map.Entry<String, JsonElement> member : object.entrySet()) {
                if (isWritable(member.getValue())) {
                    out.name(member.getKey());
                    write(member.getValue(), out);
                }
            }
            out.endObject();
        } else if (json instanceof JsonArray array) {
            out.beginArray();
            for (JsonElement element : array) {
                write(element, out);
            }
            out.endArray();
        } else if (json instanceof JsonPrimitive value && isWritable(value)) {
            write(value, out);
        } else {
            out.nullValue();
        }
    }

    private static void write(JsonPrimitive value, JsonWriter out) throws IOException {
        if (value.isNumber()) {
            out.value(value.getAsNumber());
        } else if (value.isBoolean()) {
            out.value(value.getAsBoolean());
        } else {
            out.value(value.getAsString());
        }
    }

    private static boolean isWritable(JsonElement json) {
        boolean number = json instanceof JsonPrimitive value && value.isNumber();
        return !number || Double.isFinite(json.getAsDouble());
    }
}
