/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.read;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Reads the fields of a JSON object and believes none of them: each has the expected type, is in its range and appears once,
 * or the line is damaged. All methods throw {@link IOException} or, from the JSON reader, a runtime exception.
 */
final class JsonFields {

    /** Longer names are cut: a record must not keep a megabyte. */
    private static final int MAX_CHARACTERS = 1_000;

    /** As many digits always fit into a long. */
    private static final int SHORT = 18;

    /** A run of 300 years. */
    private static final double MAX_SECONDS = 1e10;

    /** A thousand million tonnes. */
    private static final double MAX_GRAMS = 1e15;

    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private JsonFields() {}

    /** Takes one field, and must read or skip its value. */
    interface Field {
        void read(String name, JsonReader in) throws IOException;
    }

    /** Reads a line that is one object. */
    static void ofLine(String line, Field field) throws IOException {
        JsonReader in = new JsonReader(new StringReader(line));
        in.setStrictness(Strictness.STRICT);
        of(in, field);
        if (in.peek() != JsonToken.END_DOCUMENT) {
            throw new DamagedLineException("continues after its object");
        }
    }

    /** Reads an object. */
    static void of(JsonReader in, Field field) throws IOException {
        Set<String> names = new HashSet<>();
        require(in, JsonToken.BEGIN_OBJECT);
        in.beginObject();
        while (in.hasNext()) {
            String name = in.nextName();
            if (!names.add(name)) {
                throw new DamagedLineException("has a field twice");
            }
            field.read(name, in);
        }
        in.endObject();
    }

    /** A string, cut after {@value #MAX_CHARACTERS} characters. */
    static String text(JsonReader in) throws IOException {
        require(in, JsonToken.STRING);
        String text = in.nextString();
        return text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS);
    }

    /** A whole number, 0 or more. */
    static long whole(JsonReader in) throws IOException {
        require(in, JsonToken.NUMBER);
        // Not nextLong, which turns a number just above the largest long into that.
        String text = in.nextString();
        long value = text.length() <= SHORT && text.chars().allMatch(Character::isDigit)
                ? Long.parseLong(text)
                : new BigDecimal(text).longValueExact();
        if (value < 0) {
            throw new DamagedLineException("has a negative number");
        }
        return value;
    }

    /** A finite number. */
    static double number(JsonReader in) throws IOException {
        require(in, JsonToken.NUMBER);
        return in.nextDouble();
    }

    /** A finite number from {@code min} to {@code max}. */
    static double number(JsonReader in, double min, double max) throws IOException {
        double value = number(in);
        if (!(value >= min && value <= max)) {
            throw new DamagedLineException("has a number out of its range");
        }
        return value;
    }

    /** A time of at most 300 years. */
    static double seconds(JsonReader in) throws IOException {
        return number(in, 0, MAX_SECONDS);
    }

    /** A mass from 0 to {@value #MAX_GRAMS} grams, so that the sum of those of many runs is finite. */
    static double grams(JsonReader in) throws IOException {
        return number(in, 0, MAX_GRAMS);
    }

    /** A moment from 1970 to 2199, which nanoseconds in a long can count. */
    static Instant instant(JsonReader in) throws IOException {
        try {
            Instant instant = Instant.parse(text(in));
            if (!instant.isBefore(EARLIEST) && instant.isBefore(LATEST)) {
                return instant;
            }
        } catch (DateTimeException noTime) {
            // Reported below.
        }
        throw new DamagedLineException("has a time that is none");
    }

    /** Whole numbers, 0 or more, by name; their sum is a long, too. */
    static Map<String, Long> wholes(JsonReader in) throws IOException {
        Map<String, Long> values = new LinkedHashMap<>();
        of(in, (name, value) -> values.put(name, whole(value)));
        sum(values);
        return values;
    }

    /** The sum of whole numbers. */
    static long sum(Map<String, Long> values) throws IOException {
        long sum = 0;
        for (long value : values.values()) {
            sum += value;
            if (sum < 0) {
                throw new DamagedLineException("has energies that are too large to add up");
            }
        }
        return sum;
    }

    private static void require(JsonReader in, JsonToken expected) throws IOException {
        if (in.peek() != expected) {
            throw new DamagedLineException("has a value of the wrong type");
        }
    }
}
