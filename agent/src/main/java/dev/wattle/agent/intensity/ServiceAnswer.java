/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.intensity;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wattle.agent.http.HttpReply;
import dev.wattle.agent.http.HttpReply.Answer;
import dev.wattle.agent.http.HttpReply.Failure;
import dev.wattle.agent.intensity.ServiceReply.Failed;
import dev.wattle.agent.intensity.ServiceReply.NoFigure;
import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.IntensityHistory;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the three services have in common: statuses, JSON, ranges. Nothing here throws for what a service sends. */
final class ServiceAnswer {
    private static final int MAX_WORD = 60;

    /** A day in parts of five minutes. */
    private static final int MAX_PARTS = 288;

    private ServiceAnswer() {}

    /**
     * Reads a successful answer.
     *
     * @param badToken what to do after 401 or 403
     * @param parser reads the object; whatever it throws means that the answer is not as documented
     */
    static ServiceReply read(HttpReply reply, String badToken, Function<JsonObject, ServiceReply> parser) {
        if (reply instanceof Failure failure) {
            return new Failed(failure.text(), Optional.empty());
        }
        Answer answer = (Answer) reply;
        switch (answer.status() / 100) {
            case 2 -> {
                try {
                    return parser.apply(JsonParser.parseString(answer.text()).getAsJsonObject());
                } catch (RuntimeException | StackOverflowError notAsDocumented) {
                    return new Failed("its answer is not as documented", Optional.empty());
                }
            }
            case 3 -> {
                return new Failed("it has moved (status " + answer.status() + ")", Optional.empty());
            }
            default -> {
                return new Failed(reason(answer.status(), badToken), answer.retryAfter());
            }
        }
    }

    /**
     * Reads a day from a successful answer; empty where it is not as documented.
     *
     * @param parts finds the parts of the day in the answer
     * @param from the field with the start of a part
     * @param gramsPerKwh finds the intensity of a part; empty for a part without one
     */
    static List<IntensityHistory.Hour> day(
            HttpReply reply,
            Function<JsonObject, JsonArray> parts,
            String from,
            Function<JsonObject, OptionalDouble> gramsPerKwh) {
        SortedMap<Instant, Double> day = new TreeMap<>();
        read(reply, "", json -> {
            for (JsonElement element : parts.apply(json)) {
                JsonObject part = element.getAsJsonObject();
                OptionalDouble grams = gramsPerKwh.apply(part);
                if (grams.isPresent()) {
                    day.put(instant(part, from).orElseThrow(), inRange(grams.getAsDouble()));
                }
            }
            return new NoFigure("");
        });
        List<IntensityHistory.Hour> hours = new ArrayList<>();
        day.forEach((start, grams) -> hours.add(new IntensityHistory.Hour(start, grams)));
        return hours.size() > MAX_PARTS ? hours.subList(hours.size() - MAX_PARTS, hours.size()) : hours;
    }

    private static String reason(int status, String badToken) {
        return switch (status) {
            case 401, 403 -> "it refuses the token (status " + status + "); " + badToken;
            case 400, 404, 422 -> "it does not know the zone (status " + status + "); live-intensity-zone sets it";
            case 429 -> "it was asked too often (status 429)";
            default -> "it answers with status " + status;
        };
    }

    /** A figure in range; a service that sends another has changed its unit. */
    static double inRange(double gramsPerKwh) {
        if (!(gramsPerKwh >= 0 && gramsPerKwh <= CarbonIntensity.MAX_GRAMS_PER_KWH)) {
            throw new IllegalArgumentException("out of range");
        }
        return gramsPerKwh;
    }

    /** A number; empty where it is null or missing. */
    static OptionalDouble number(JsonObject object, String name) {
        JsonElement value = object.get(name);
        return isNull(value) ? OptionalDouble.empty() : OptionalDouble.of(value.getAsDouble());
    }

    /** A word for reports, without anything that is not printable; empty where it is null or missing. */
    static Optional<String> word(JsonObject object, String name) {
        JsonElement value = object.get(name);
        if (isNull(value)) {
            return Optional.empty();
        }
        String text = value.getAsString().replaceAll("[^\\x20-\\x7E]", "?");
        return Optional.of(text.length() <= MAX_WORD ? text : text.substring(0, MAX_WORD));
    }

    /** An instant, with or without seconds, with Z or an offset of zero; empty where it is missing or no instant. */
    static Optional<Instant> instant(JsonObject object, String name) {
        return word(object, name).flatMap(text -> {
            String whole = text.matches(".*T\\d\\d:\\d\\dZ") ? text.replace("Z", ":00Z") : text;
            try {
                return Optional.of(Instant.parse(whole.replace("+00:00", "Z")));
            } catch (DateTimeParseException notAnInstant) {
                return Optional.empty();
            }
        });
    }

    static int year(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).getYear();
    }

    private static boolean isNull(@Nullable JsonElement value) {
        return value == null || value.isJsonNull();
    }
}
