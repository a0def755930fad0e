/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.config;

import java.net.URI;
import java.util.Optional;

/**
 * Which service is asked for the carbon intensity of now. Immutable.
 *
 * @param provider the service
 * @param zone what the service calls the place; empty for Great Britain as a whole, with {@link Provider#UK} only
 * @param token what the service asks for; empty where nothing is sent
 * @param url the service's address, without a slash at the end
 * @param intervalNanos the time between two requests
 */
public record LiveIntensityConfig(
        Provider provider, String zone, Optional<SecretText> token, URI url, long intervalNanos) {

    /** A service with documented answers. */
    public enum Provider {
        /** Electricity Maps: lifecycle, of the electricity used in a zone. */
        ELECTRICITYMAPS("electricitymaps", "Electricity Maps", "https://api.electricitymaps.com"),
        /** The Carbon Intensity API of Great Britain's National Energy System Operator. */
        UK("uk", "UK Carbon Intensity", "https://api.carbonintensity.org.uk"),
        /** WattTime: marginal. */
        WATTTIME("watttime", "WattTime", "https://api.watttime.org");

        private final String key;
        private final String title;
        private final String url;

        Provider(String key, String title, String url) {
            this.key = key;
            this.title = title;
            this.url = url;
        }

        /** Its name in the configuration and in journals. */
        public String key() {
            return key;
        }

        /** Its name for people. */
        public String title() {
            return title;
        }

        String url() {
            return url;
        }
    }
}
