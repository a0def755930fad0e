/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.config;

import dev.wattle.agent.config.LiveIntensityConfig.Provider;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts the keys of live intensity together. What does not fit is one warning, and the table is used. */
final class LiveIntensityParser {
    /** Zones of the configuration that have the same name at Electricity Maps: countries, and parts of two. */
    private static final Pattern SAME_NAME = Pattern.compile("[A-Z]{2}|(CA|AU)-[A-Z]{2,3}");

    private static final Pattern CLOUD_REGION = Pattern.compile("(aws|gcp|azure):[a-z0-9-]+");
    private static final Pattern UK_REGION = Pattern.compile("GB|[1-9]|1[0-7]");
    private static final Pattern WATTTIME_REGION = Pattern.compile("[A-Z0-9_]{2,60}");
    private static final String ZONE_KEY = ConfigKey.LIVE_INTENSITY_ZONE.key();

    private final Provider provider;
    private final Consumer<String> warn;

    LiveIntensityParser(Provider provider, Consumer<String> warn) {
        this.provider = provider;
        this.warn = warn;
    }

    /**
     * Checks that zone and token are there.
     *
     * @param zone the service's own name of the zone, where it is configured
     * @param gridZone the run's zone, where it is configured
     * @param url another address of the service, which may need no token
     */
    Optional<LiveIntensityConfig> parse(
            Optional<String> zone,
            Optional<String> gridZone,
            Optional<SecretText> token,
            Optional<URI> url,
            long intervalNanos) {
        Optional<String> place = zone.isPresent() ? own(zone.get()) : fromGridZone(gridZone);
        if (place.isEmpty()) {
            return Optional.empty();
        }
        if (token.isEmpty() && url.isEmpty() && provider != Provider.UK) {
            String what = provider == Provider.WATTTIME ? "USER:PASSWORD" : "a token";
            return refuse("it needs " + what + " in the environment variable WATTLE_LIVE_INTENSITY_TOKEN, or "
                    + ConfigKey.LIVE_INTENSITY_TOKEN_FILE.key() + "=FILE");
        }
        if (provider == Provider.WATTTIME
                && token.isPresent()
                && token.get().value().indexOf(':') < 1) {
            return refuse("its token is not USER:PASSWORD");
        }
        return Optional.of(new LiveIntensityConfig(
                provider, place.get(), token, url.orElseGet(() -> URI.create(provider.url())), intervalNanos));
    }

    private Optional<String> own(String zone) {
        return switch (provider) {
            case ELECTRICITYMAPS ->
                zone.matches("[A-Za-z0-9:-]{2,60}")
                        ? Optional.of(zone)
                        : refuse("'" + zone + "' is no zone of it, such as FR or US-CAL-CISO");
            case UK ->
                UK_REGION.matcher(zone.toUpperCase(Locale.ROOT)).matches()
                        ? Optional.of(zone.toUpperCase(Locale.ROOT).replace("GB", ""))
                        : refuse("'" + zone + "' is neither GB nor a region from 1 to 17");
            case WATTTIME ->
                WATTTIME_REGION.matcher(zone).matches()
                        ? Optional.of(zone)
                        : refuse("'" + zone + "' is no region of it, such as CAISO_NORTH");
        };
    }

    private Optional<String> fromGridZone(Optional<String> gridZone) {
        String zone = gridZone.orElse("").strip();
        switch (provider) {
            case ELECTRICITYMAPS -> {
                Matcher cloud = CLOUD_REGION.matcher(zone.toLowerCase(Locale.ROOT));
                if (cloud.matches()) {
                    return Optional.of(zone.toLowerCase(Locale.ROOT));
                }
                String upper = zone.toUpperCase(Locale.ROOT);
                if (SAME_NAME.matcher(upper).matches() && !upper.equals("EU")) {
                    return Optional.of(upper);
                }
                return refuse("it needs " + ZONE_KEY + ", such as FR or US-CAL-CISO"
                        + (zone.isEmpty() ? ", or zone" : "; zone=" + zone + " does not say which"));
            }
            case UK -> {
                if (zone.isEmpty() || zone.equalsIgnoreCase("GB")) {
                    return Optional.of("");
                }
                return refuse("it is about Great Britain and zone=" + zone + " is not; " + ZONE_KEY
                        + "=GB, or a region from 1 to 17, uses it anyway");
            }
            default -> {
                return refuse("it needs " + ZONE_KEY + ", such as CAISO_NORTH");
            }
        }
    }

    private <T> Optional<T> refuse(String reason) {
        warn.accept(ConfigKey.LIVE_INTENSITY.key() + "=" + provider.key() + " cannot be used: " + reason
                + "; used instead: the figure of the table");
        return Optional.empty();
    }
}
