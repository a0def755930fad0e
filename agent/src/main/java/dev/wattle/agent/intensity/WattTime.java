/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.intensity;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.wattle.agent.config.LiveIntensityConfig;
import dev.wattle.agent.http.HttpReply;
import dev.wattle.agent.http.OutgoingRequest;
import dev.wattle.agent.intensity.ServiceReply.Failed;
import dev.wattle.agent.intensity.ServiceReply.Figure;
import dev.wattle.agent.intensity.ServiceReply.NoFigure;
import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.EmissionBasis;
import dev.wattle.core.carbon.IntensityHistory;
import dev.wattle.core.carbon.ZoneKind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * WattTime, version 3: {@code GET /login} with a user name and a password gives a token for half an hour; {@code GET
 * /v3/forecast} gives the marginal operating emissions, in pounds per MWh. Its {@code signal-index} is a percentile and no
 * intensity, so it is not used.
 */
final class WattTime implements IntensityService {
    private static final String BAD_TOKEN =
            "WATTLE_LIVE_INTENSITY_TOKEN or live-intensity-token-file sets USER:PASSWORD, with access to this region";
    private static final String UNIT = "lbs_co2_per_mwh";
    private static final double KILOGRAMS_PER_POUND = 0.453_592_37;
    private static final int UNAUTHORIZED = 401;

    private final LiveIntensityConfig config;
    private @Nullable String session;

    WattTime(LiveIntensityConfig config) {
        this.config = config;
    }

    @Override
    public ServiceReply ask(Function<OutgoingRequest, HttpReply> http, Instant now) {
        if (session != null) {
            HttpReply reply = http.apply(forecast());
            if (!(reply instanceof HttpReply.Answer answer) || answer.status() != UNAUTHORIZED) {
                return figure(reply, now);
            }
            // The token has expired.
            session = null;
        }
        if (config.token().isPresent()) {
            ServiceReply refused = logIn(http);
            if (refused != null) {
                return refused;
            }
        }
        return figure(http.apply(forecast()), now);
    }

    /** The forecast for 24 hours, from the same request; empty where nobody is logged in. */
    @Override
    public List<IntensityHistory.Hour> day(Function<OutgoingRequest, HttpReply> http, Instant now) {
        return ServiceAnswer.day(http.apply(forecast()), json -> json.getAsJsonArray("data"), "point_time", part -> {
            OptionalDouble pounds = ServiceAnswer.number(part, "value");
            return pounds.isPresent() ? OptionalDouble.of(pounds.getAsDouble() * KILOGRAMS_PER_POUND) : pounds;
        });
    }

    private @Nullable ServiceReply logIn(Function<OutgoingRequest, HttpReply> http) {
        byte[] pair = config.token().orElseThrow().value().getBytes(StandardCharsets.UTF_8);
        OutgoingRequest login = OutgoingRequest.get(URI.create(config.url() + "/login"))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
        ServiceReply reply = ServiceAnswer.read(http.apply(login), BAD_TOKEN, json -> {
            session = json.get("token").getAsString();
            return new NoFigure("");
        });
        return reply instanceof Failed ? reply : null;
    }

    private OutgoingRequest forecast() {
        OutgoingRequest request = OutgoingRequest.get(URI.create(
                config.url() + "/v3/forecast?region=" + config.zone() + "&signal_type=co2_moer&horizon_hours=24"));
        return session == null ? request : request.header("Authorization", "Bearer " + session);
    }

    private ServiceReply figure(HttpReply reply, Instant now) {
        return ServiceAnswer.read(reply, BAD_TOKEN, json -> parse(json, now));
    }

    private ServiceReply parse(JsonObject json, Instant now) {
        JsonObject meta = json.getAsJsonObject("meta");
        String region = ServiceAnswer.word(meta, "region").orElseThrow();
        String unit = ServiceAnswer.word(meta, "units").orElseThrow();
        if (!region.equals(config.zone())) {
            return new Failed("it answers for region " + region + " in place of " + config.zone(), Optional.empty());
        }
        if (!unit.equals(UNIT)) {
            return new Failed("it answers in " + unit + " in place of " + UNIT, Optional.empty());
        }
        JsonObject point = null;
        for (JsonElement element : json.getAsJsonArray("data")) {
            JsonObject candidate = element.getAsJsonObject();
            boolean isPast = ServiceAnswer.instant(candidate, "point_time")
                    .filter(time -> !time.isAfter(now))
                    .isPresent();
            if (point == null || isPast) {
                point = candidate;
            }
        }
        OptionalDouble pounds = point == null ? OptionalDouble.empty() : ServiceAnswer.number(point, "value");
        if (point == null || pounds.isEmpty()) {
            return new NoFigure("it has no figure for " + region + " now");
        }
        return new Figure(new LiveFigure(
                new CarbonIntensity(
                        ServiceAnswer.inRange(pounds.getAsDouble() * KILOGRAMS_PER_POUND),
                        region,
                        config.provider().title() + ", marginal",
                        ServiceAnswer.year(
                                ServiceAnswer.instant(point, "point_time").orElse(now)),
                        ZoneKind.DIRECT,
                        EmissionBasis.MARGINAL,
                        config.provider().key() + "-marginal"),
                true));
    }
}
