/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.intensity;

import com.google.gson.JsonObject;
import dev.wattle.agent.config.LiveIntensityConfig;
import dev.wattle.agent.config.SecretText;
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
 * Electricity Maps, {@code GET /v3/carbon-intensity/latest} (api-docs of 2026): grams of CO2e per kWh of the electricity used
 * in a zone, imports traced. A zone is always sent: without one, the service would take that of the caller's address.
 */
final class ElectricityMaps implements IntensityService {
    private static final String BAD_TOKEN =
            "WATTLE_LIVE_INTENSITY_TOKEN or live-intensity-token-file sets one, which must be for this zone";

    private final LiveIntensityConfig config;
    private final boolean isCloudRegion;

    ElectricityMaps(LiveIntensityConfig config) {
        this.config = config;
        this.isCloudRegion = config.zone().indexOf(':') > 0;
    }

    @Override
    public ServiceReply ask(Function<OutgoingRequest, HttpReply> http, Instant now) {
        return ServiceAnswer.read(http.apply(request("latest")), BAD_TOKEN, json -> parse(json, now));
    }

    /** {@code GET /v3/carbon-intensity/history}: the last 24 hours. */
    @Override
    public List<IntensityHistory.Hour> day(Function<OutgoingRequest, HttpReply> http, Instant now) {
        return ServiceAnswer.day(
                http.apply(request("history")),
                json -> json.getAsJsonArray("history"),
                "datetime",
                part -> ServiceAnswer.number(part, "carbonIntensity"));
    }

    private OutgoingRequest request(String what) {
        OutgoingRequest request =
                OutgoingRequest.get(URI.create(config.url() + "/v3/carbon-intensity/" + what + "?" + place()));
        Optional<SecretText> token = config.token();
        return token.isPresent() ? request.header("auth-token", token.get().value()) : request;
    }

    private String place() {
        String zone = config.zone();
        int colon = zone.indexOf(':');
        return isCloudRegion
                ? "dataCenterProvider=" + zone.substring(0, colon) + "&dataCenterRegion=" + zone.substring(colon + 1)
                : "zone=" + zone;
    }

    private ServiceReply parse(JsonObject json, Instant now) {
        String zone = ServiceAnswer.word(json, "zone").orElseThrow();
        if (!isCloudRegion && !zone.equalsIgnoreCase(config.zone())) {
            return new Failed("it answers for zone " + zone + " in place of " + config.zone(), Optional.empty());
        }
        OptionalDouble grams = ServiceAnswer.number(json, "carbonIntensity");
        if (grams.isEmpty()) {
            return new NoFigure("it has no figure for " + zone + " now");
        }
        ZoneKind kind = switch (ServiceAnswer.word(json, "emissionFactorType").orElse("")) {
            case "lifecycle" -> ZoneKind.LIFECYCLE;
            case "direct" -> ZoneKind.DIRECT;
            default -> ZoneKind.UNSTATED;
        };
        boolean estimated = json.has("isEstimated")
                && !json.get("isEstimated").isJsonNull()
                && json.get("isEstimated").getAsBoolean();
        return new Figure(new LiveFigure(
                new CarbonIntensity(
                        ServiceAnswer.inRange(grams.getAsDouble()),
                        zone,
                        config.provider().title(),
                        ServiceAnswer.year(
                                ServiceAnswer.instant(json, "datetime").orElse(now)),
                        kind,
                        EmissionBasis.CONSUMPTION,
                        config.provider().key()),
                estimated));
    }
}
