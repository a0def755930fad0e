/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.intensity;

import dev.wattle.agent.config.LiveIntensityConfig;
import dev.wattle.agent.http.HttpReply;
import dev.wattle.agent.http.OutgoingRequest;
import dev.wattle.core.carbon.IntensityHistory;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** A service that knows the carbon intensity of now. For the thread {@code wattle-intensity}. */
sealed interface IntensityService permits ElectricityMaps, UkCarbonIntensity, WattTime {

    /**
     * Asks for the figure of now.
     *
     * @param http sends a request and waits for the answer
     * @param now the present
     */
    ServiceReply ask(Function<OutgoingRequest, HttpReply> http, Instant now);

    /**
     * Asks for the intensities of a day, past or to come.
     *
     * @return oldest first; empty where the service does not state them or does not answer
     */
    List<IntensityHistory.Hour> day(Function<OutgoingRequest, HttpReply> http, Instant now);

    static IntensityService of(LiveIntensityConfig config) {
        return switch (config.provider()) {
            case ELECTRICITYMAPS -> new ElectricityMaps(config);
            case UK -> new UkCarbonIntensity(config);
            case WATTTIME -> new WattTime(config);
        };
    }
}
