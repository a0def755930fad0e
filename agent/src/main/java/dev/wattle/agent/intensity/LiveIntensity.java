/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.intensity;

import dev.wattle.agent.config.LiveIntensityConfig;
import dev.wattle.agent.http.HttpReply;
import dev.wattle.agent.http.OutgoingRequest;
import dev.wattle.agent.intensity.ServiceReply.Failed;
import dev.wattle.agent.intensity.ServiceReply.Figure;
import dev.wattle.agent.intensity.ServiceReply.NoFigure;
import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.IntensityHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Keeps the carbon intensity of now. A figure stays in use while the service fails, at most {@value #MAX_AGE_MINUTES} min or
 * two intervals; after that, and where the service has none, there is no figure and the table's is used. Each change between
 * the two is one line, up to {@value #MAX_LINES}.
 *
 * <p>{@link #ask} and {@link #askDay} are for one thread; {@link #figure} and {@link #day} are thread-safe.
 */
final class LiveIntensity {
    static final int MAX_AGE_MINUTES = 60;
    private static final int MAX_LINES = 10;
    private static final Duration DAY_INTERVAL = Duration.ofHours(1);

    private final IntensityService service;
    private final String title;
    private final String table;
    private final Function<OutgoingRequest, HttpReply> http;
    private final Consumer<String> log;
    private final RetryDelay delay;
    private final Duration maxAge;

    private volatile Optional<LiveFigure> figure = Optional.empty();
    private volatile List<IntensityHistory.Hour> day = List.of();
    private Instant answered = Instant.EPOCH;
    private Instant dayAsked = Instant.EPOCH;
    private boolean isFailureReported;
    private int lines;

    /**
     * @param table the figure that is used in place of a live one
     * @param http sends a request and waits for the answer
     * @param log takes lines for the user
     */
    LiveIntensity(
            LiveIntensityConfig config,
            CarbonIntensity table,
            Function<OutgoingRequest, HttpReply> http,
            Consumer<String> log) {
        this.service = IntensityService.of(config);
        this.title = config.provider().title();
        this.table = describe(table) + (table.year() == 0 ? "" : ", " + table.year());
        this.http = http;
        this.log = log;
        Duration interval = Duration.ofNanos(config.intervalNanos());
        this.delay = new RetryDelay(interval);
        Duration hour = Duration.ofMinutes(MAX_AGE_MINUTES);
        this.maxAge = interval.multipliedBy(2).compareTo(hour) > 0 ? interval.multipliedBy(2) : hour;
    }

    /** The figure of now; empty where the table's is to be used. */
    Optional<LiveFigure> figure() {
        return figure;
    }

    /**
     * Asks the service once.
     *
     * @return when to ask again
     */
    Duration ask(Instant now) {
        ServiceReply reply = service.ask(http, now);
        if (reply instanceof Figure found) {
            return found(found.figure(), now);
        }
        if (reply instanceof NoFigure none) {
            lose(none.reason());
            return delay.afterSuccess();
        }
        Failed failed = (Failed) reply;
        if (figure.isEmpty() || Duration.between(answered, now).compareTo(maxAge) > 0) {
            lose(failed.reason());
        }
        return delay.afterFailure(failed.retryAfter());
    }

    /** What the service states for a day; empty until it does. */
    List<IntensityHistory.Hour> day() {
        return day;
    }

    /** Asks for the day where there is a figure and no day was asked for in the last hour; a failure says nothing. */
    void askDay(Instant now) {
        if (figure.isPresent() && Duration.between(dayAsked, now).compareTo(DAY_INTERVAL) >= 0) {
            dayAsked = now;
            List<IntensityHistory.Hour> answer = service.day(http, now);
            if (!answer.isEmpty()) {
                day = List.copyOf(answer);
            }
        }
    }

    private Duration found(LiveFigure found, Instant now) {
        boolean isNew = figure.isEmpty();
        answered = now;
        figure = Optional.of(found);
        isFailureReported = false;
        if (isNew) {
            say("live carbon intensity: " + describe(found.intensity()) + (found.estimated() ? ", estimated" : "")
                    + ", from " + title);
        }
        return delay.afterSuccess();
    }

    private void lose(String reason) {
        figure = Optional.empty();
        if (!isFailureReported) {
            isFailureReported = true;
            say("no live carbon intensity from " + title + ": " + reason + "; meanwhile CO2e uses the table: " + table);
        }
    }

    private void say(String line) {
        lines++;
        if (lines <= MAX_LINES) {
            log.accept(line + (lines == MAX_LINES ? " (the journal has all further changes)" : ""));
        }
    }

    private static String describe(CarbonIntensity intensity) {
        return intensity.zone() + " at " + String.format((Locale) null, "%.4g", intensity.gramsPerKwh()) + " g/kWh, "
                + intensity.kind().tag() + ", " + intensity.basis().tag();
    }
}
