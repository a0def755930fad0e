/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.config;

import dev.wattle.agent.export.Credentials;
import dev.wattle.agent.export.EndpointConfig;
import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.EmbodiedSettings;
import dev.wattle.core.carbon.GridZones;
import dev.wattle.core.carbon.Pue;
import dev.wattle.core.forecast.Budget;
import dev.wattle.probes.source.ProbeKind;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The kinds of values in the configuration, and how their text is parsed. One switch in place of a class for each parser:
 * the configuration is read while the program starts.
 */
enum ConfigFormat {
    /** A {@link Long}, in nanoseconds. */
    DURATION,
    /** An {@code Optional<EndpointConfig>}, empty for {@code off}. */
    ADDRESS,
    /** A {@code Set<String>}. */
    HOSTS,
    /** {@link Credentials}. */
    CREDENTIALS,
    /** {@link Credentials}, read from a file. */
    CREDENTIALS_FILE,
    /** A {@link CarbonIntensity}, from the bundled tables. */
    ZONE,
    /** A {@link CarbonIntensity}, from a figure. */
    CARBON_INTENSITY,
    /** A {@link Double}. */
    PUE,
    /** An {@code Optional<LiveIntensityConfig.Provider>}, empty for {@code off}. */
    LIVE_PROVIDER,
    /** A {@link SecretText}. */
    SECRET,
    /** A {@link SecretText}, read from a file. */
    SECRET_FILE,
    /** A {@link URI} without a slash at the end. */
    URL,
    /** A {@link Long}, in nanoseconds. */
    LONG_DURATION,
    /** An {@code Optional<URI>}, empty for {@code off}. */
    TRACKING_SERVER,
    /** A {@link EmbodiedSettings}, with the default lifetime and share. */
    EMBODIED,
    /** A {@link Double}, in years. */
    LIFETIME,
    /** A {@link Double}. */
    SHARE,
    /** An {@code Optional<Path>}, empty for {@code off}. */
    PATH_OR_OFF,
    /** A {@link String}. */
    NAME,
    /** A {@code Map<String, String>}, in the order of the text. */
    LABELS,
    /** An {@link Integer}. */
    EPOCHS,
    /** A {@link Budget}. */
    BUDGET,
    /** A {@link Boolean}: whether training is to stop. */
    BUDGET_ACTION,
    /** A {@link SummaryConfig}. */
    SUMMARY,
    /** A {@code Set<ProbeKind>}. */
    SOURCES,
    /** The {@link Path} of a directory that exists. */
    DIRECTORY,
    /** The {@link Path} of a file that exists. */
    FILE;

    private static final String OFF = "off";
    private static final String NAME_PATTERN = "[^\\p{Cntrl}]{1,200}";
    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final long MIN_INTERVAL_NANOS = NANOS_PER_MILLI;
    private static final long MAX_INTERVAL_NANOS = 60_000 * NANOS_PER_MILLI;
    private static final int MAX_EPOCHS = 1_000_000;

    /**
     * Parses a value.
     *
     * @param paths resolves the paths in it
     * @return an object of the type that the constant names
     * @throws IllegalArgumentException with a reason for a person
     */
    Object parse(String text, UserPaths paths) {
        return switch (this) {
            case DURATION -> duration(text);
            case ADDRESS -> text.equals(OFF) ? Optional.empty() : Optional.of(EndpointConfig.parse(text));
            case HOSTS -> EndpointConfig.parseHosts(text);
            case CREDENTIALS -> Credentials.parse(text);
            case CREDENTIALS_FILE -> Credentials.read(paths.file(text));
            case ZONE -> zone(text);
            case CARBON_INTENSITY -> CarbonIntensity.custom(number(text));
            case PUE -> pue(text);
            case LIVE_PROVIDER -> liveProvider(text);
            case SECRET -> SecretText.parse(text);
            case SECRET_FILE -> SecretText.read(paths.file(text));
            case URL -> url(text);
            case LONG_DURATION -> longDuration(text);
            case TRACKING_SERVER -> text.equals(OFF) ? Optional.empty() : Optional.of(MlflowConfig.parseServer(text));
            case EMBODIED -> embodied(text);
            case LIFETIME ->
                inRange(number(text), EmbodiedSettings.MIN_LIFETIME_YEARS, EmbodiedSettings.MAX_LIFETIME_YEARS);
            case SHARE -> inRange(number(text), Double.MIN_VALUE, 1);
            case PATH_OR_OFF -> text.equals(OFF) ? Optional.empty() : Optional.of(paths.resolve(text));
            case NAME -> name(text);
            case LABELS -> labels(text);
            case EPOCHS -> epochs(text);
            case BUDGET -> Budget.parse(text);
            case BUDGET_ACTION -> isStop(text);
            case SUMMARY -> SummaryConfig.parse(text, paths);
            case SOURCES -> sources(text);
            case DIRECTORY -> paths.directory(text);
            case FILE -> paths.file(text);
        };
    }

    private static long duration(String text) {
        Matcher matcher =
                Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)\\s*(ms|s)").matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a number followed by ms or s");
        }
        double millis = Double.parseDouble(matcher.group(1)) * (matcher.group(2).equals("s") ? 1000 : 1);
        long nanos = Math.round(millis * NANOS_PER_MILLI);
        if (nanos < MIN_INTERVAL_NANOS || nanos > MAX_INTERVAL_NANOS) {
            throw new IllegalArgumentException("out of range");
        }
        return nanos;
    }

    private static long longDuration(String text) {
        Matcher matcher = Pattern.compile("(\\d{1,4})\\s*(s|min)").matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a whole number followed by s or min");
        }
        long seconds = Long.parseLong(matcher.group(1)) * (matcher.group(2).equals("min") ? 60 : 1);
        if (seconds < 1 || seconds > 3_600) {
            throw new IllegalArgumentException("out of range");
        }
        return seconds * 1_000 * NANOS_PER_MILLI;
    }

    private static Optional<LiveIntensityConfig.Provider> liveProvider(String text) {
        if (text.equals(OFF)) {
            return Optional.empty();
        }
        for (LiveIntensityConfig.Provider provider : LiveIntensityConfig.Provider.values()) {
            if (provider.key().equalsIgnoreCase(text)) {
                return Optional.of(provider);
            }
        }
        throw new IllegalArgumentException("no such service");
    }

    /** The reason does not repeat the text, which may have a password in it. */
    private static URI url(String text) {
        try {
            URI uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            boolean isWeb = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (isWeb && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null) {
                return uri;
            }
        } catch (URISyntaxException notAnAddress) {
            // Reported below.
        }
        throw new IllegalArgumentException("not an address with a host, without user name and query");
    }

    private static CarbonIntensity zone(String text) {
        Optional<CarbonIntensity> known = GridZones.bundled().find(text);
        if (known.isEmpty()) {
            List<String> near = GridZones.bundled().suggestions(text);
            throw new IllegalArgumentException(
                    near.isEmpty() ? "no such zone" : "no such zone; near: " + String.join(", ", near));
        }
        return known.get();
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a number", e);
        }
    }

    private static double pue(String text) {
        return inRange(number(text), Pue.MIN, Pue.MAX);
    }

    private static double inRange(double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException("out of range");
        }
        return value;
    }

    private static EmbodiedSettings embodied(String text) {
        boolean automatic = text.equals("auto");
        OptionalDouble kgCo2e = automatic || text.equals(OFF)
                ? OptionalDouble.empty()
                : OptionalDouble.of(inRange(number(text), 0, EmbodiedSettings.MAX_KG_CO2E));
        return new EmbodiedSettings(kgCo2e, automatic, EmbodiedSettings.DEFAULT_LIFETIME_YEARS, 1);
    }

    private static String name(String text) {
        if (!text.matches(NAME_PATTERN)) {
            throw new IllegalArgumentException("empty, too long or not printable");
        }
        return text;
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String pair : text.split(",", -1)) {
            int colon = pair.indexOf(':');
            if (colon <= 0 || !pair.matches(NAME_PATTERN)) {
                throw new IllegalArgumentException("'" + pair + "' is not name:value");
            }
            labels.put(
                    pair.substring(0, colon).strip(), pair.substring(colon + 1).strip());
        }
        return labels;
    }

    private static int epochs(String text) {
        int epochs;
        try {
            epochs = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a whole number", e);
        }
        if (epochs < 1 || epochs > MAX_EPOCHS) {
            throw new IllegalArgumentException("out of range");
        }
        return epochs;
    }

    private static boolean isStop(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "stop" -> true;
            case "warn" -> false;
            default -> throw new IllegalArgumentException("no such action");
        };
    }

    private static Set<ProbeKind> sources(String text) {
        if (text.equals("auto")) {
            return EnumSet.allOf(ProbeKind.class);
        }
        Set<ProbeKind> kinds = EnumSet.noneOf(ProbeKind.class);
        for (String word : text.split(",", -1)) {
            try {
                kinds.add(ProbeKind.valueOf(word.strip().toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("no such source: '" + word.strip() + "'", e);
            }
        }
        return kinds;
    }
}
