/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.intensity;

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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * The Carbon Intensity API of Great Britain, version 2.0.0: grams of CO2 per kWh of the electricity used in a half-hour,
 * stacks only. {@code GET /intensity} for the country, {@code GET /regional/regionid/ID} for one of 17 regions, which have
 * forecasts only. No token.
 */
final class UkCarbonIntensity implements IntensityService {
    private static final String NO_TOKEN_NEEDED = "the service needs none";

    private final LiveIntensityConfig config;
    private final boolean isRegion;

    UkCarbonIntensity(LiveIntensityConfig config) {
        this.config = config;
        this.isRegion = !config.zone().isEmpty();
    }

    @Override
    public ServiceReply ask(Function<OutgoingRequest, HttpReply> http, Instant now) {
        String path = isRegion ? "/regional/regionid/" + config.zone() : "/intensity";
        OutgoingRequest request = OutgoingRequest.get(URI.create(config.url() + path));
        return ServiceAnswer.read(http.apply(request), NO_TOKEN_NEEDED, json -> parse(json, now));
    }

    /** {@code GET /intensity/date}: the half-hours of today; a region has them from now on, for 24 hours. */
    @Override
    public List<IntensityHistory.Hour> day(Function<OutgoingRequest, HttpReply> http, Instant now) {
        String start = now.toString().substring(0, "2026-11-28T12:00".length()) + "Z";
        String path =
                isRegion ? "/regional/intensity/" + start + "/fw24h/regionid/" + config.zone() : "/intensity/date";
        return ServiceAnswer.day(
                http.apply(OutgoingRequest.get(URI.create(config.url() + path))),
                json -> isRegion ? json.getAsJsonObject("data").getAsJsonArray("data") : json.getAsJsonArray("data"),
                "from",
                part -> {
                    JsonObject intensity = part.getAsJsonObject("intensity");
                    OptionalDouble actual = ServiceAnswer.number(intensity, "actual");
                    return actual.isPresent() ? actual : ServiceAnswer.number(intensity, "forecast");
                });
    }

    private ServiceReply parse(JsonObject json, Instant now) {
        JsonObject first = json.getAsJsonArray("data").get(0).getAsJsonObject();
        JsonObject period = first;
        if (isRegion) {
            int region = first.get("regionid").getAsInt();
            if (region != Integer.parseInt(config.zone())) {
                return new Failed(
                        "it answers for region " + region + " in place of " + config.zone(), Optional.empty());
            }
            period = first.getAsJsonArray("data").get(0).getAsJsonObject();
        }
        JsonObject intensity = period.getAsJsonObject("intensity");
        OptionalDouble actual = ServiceAnswer.number(intensity, "actual");
        OptionalDouble grams = actual.isPresent() ? actual : ServiceAnswer.number(intensity, "forecast");
        if (grams.isEmpty()) {
            return new NoFigure("it has neither an actual figure nor a forecast now");
        }
        return new Figure(new LiveFigure(
                new CarbonIntensity(
                        ServiceAnswer.inRange(grams.getAsDouble()),
                        isRegion ? "GB-" + config.zone() : "GB",
                        config.provider().title(),
                        ServiceAnswer.year(ServiceAnswer.instant(period, "from").orElse(now)),
                        ZoneKind.DIRECT,
                        EmissionBasis.CONSUMPTION,
                        config.provider().key()),
                actual.isEmpty()));
    }
}
