/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.config;

import dev.wattle.agent.export.Credentials;
import dev.wattle.agent.export.EndpointConfig;
import dev.wattle.agent.export.SummaryTarget;
import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.carbon.GridZones;
import dev.wattle.core.forecast.Budget;
import dev.wattle.probes.Hardware;
import dev.wattle.probes.source.ProbeKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns configured words into an {@link AgentConfig}. A value that makes no sense is one line that names the key, the
 * value, where it stood, what is allowed and what is used instead; the rest of the configuration holds.
 */
public final class ConfigParser {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)\\s*(ms|s)");
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,200}");
    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final long MIN_INTERVAL_NANOS = NANOS_PER_MILLI;
    private static final long MAX_INTERVAL_NANOS = 60_000 * NANOS_PER_MILLI;
    private static final long STANDARD_INTERVAL_NANOS = 100 * NANOS_PER_MILLI;
    private static final int MOST_EPOCHS = 1_000_000;
    private static final EndpointConfig STANDARD_ENDPOINT = EndpointConfig.of("127.0.0.1", 9474);
    private static final int MOST_SECRET_BYTES = 8_192;

    private final ConfigValues values;
    private final Consumer<String> complain;

    private ConfigParser(ConfigValues values, Consumer<String> complain) {
        this.values = values;
        this.complain = complain;
    }

    /** All but what CO2e rests on. */
    public static AgentConfig parse(ConfigValues values, Consumer<String> complain) {
        return parse(values, UserHome.find(System.getProperty("user.home", ""), System.getenv()), complain);
    }

    /** @param home the user's home directory; empty where there is none */
    static AgentConfig parse(ConfigValues values, Optional<Path> home, Consumer<String> complain) {
        return new ConfigParser(values, complain).parse(home);
    }

    /** What CO2e rests on; apart from the rest, since its tables take a while to read and metering need not wait. */
    public static CarbonSettings carbon(ConfigValues values, Consumer<String> complain) {
        return new ConfigParser(values, complain).carbon();
    }

    private AgentConfig parse(Optional<Path> home) {
        Optional<Path> ledger =
                home.map(directory -> directory.resolve(".wattle").resolve("runs"));
        if (home.isEmpty() && values.get(ConfigKey.LEDGER).isEmpty()) {
            complain.accept("no journal: this user has no home directory; ledger=DIR names a directory for it, and"
                    + " ledger=off says that none is wanted");
        }
        return new AgentConfig(
                value(ConfigKey.INTERVAL, STANDARD_INTERVAL_NANOS, ConfigParser::interval),
                http(home),
                value(ConfigKey.LEDGER, ledger, text -> isOff(text) ? Optional.empty() : Optional.of(path(text, home))),
                value(ConfigKey.RUN, Optional.empty(), ConfigParser::name),
                value(ConfigKey.PROJECT, Optional.empty(), ConfigParser::name),
                value(ConfigKey.LABELS, Map.of(), ConfigParser::labels),
                value(ConfigKey.EPOCHS, 0, ConfigParser::epochs),
                value(ConfigKey.BUDGET, Optional.empty(), text -> Optional.of(Budget.parse(text))),
                value(ConfigKey.BUDGET_ACTION, false, ConfigParser::stops),
                value(ConfigKey.SUMMARY, new SummaryTarget.Stderr(), text -> summary(text, home)),
                value(ConfigKey.SOURCES, EnumSet.allOf(ProbeKind.class), ConfigParser::sources),
                hardware(home));
    }

    private <T> T value(ConfigKey key, T standard, Function<String, T> parser) {
        return value(key, standard, key.standard(), parser);
    }

    private <T> T value(ConfigKey key, T standard, String standardInWords, Function<String, T> parser) {
        Optional<ConfigValues.Value> given = values.get(key);
        if (given.isEmpty()) {
            return standard;
        }
        try {
            return parser.apply(given.get().text());
        } catch (IllegalArgumentException bad) {
            String reason = bad.getMessage() == null ? "" : ": " + bad.getMessage();
            complain.accept(key.key() + "=" + given.get().text() + " (from "
                    + given.get().origin()
                    + ") cannot be used" + reason + "; allowed: " + key.allowed() + "; used instead: "
                    + standardInWords);
            return standard;
        }
    }

    /** Credentials that cannot be used close the endpoint: whoever asks for them would not have it open to all. */
    private Optional<EndpointConfig> http(Optional<Path> home) {
        Optional<EndpointConfig> endpoint =
                value(ConfigKey.HTTP, Optional.of(STANDARD_ENDPOINT), ConfigParser::address);
        Set<String> hosts = value(ConfigKey.HTTP_HOSTS, Set.of(), ConfigParser::hosts);
        Optional<Optional<Credentials>> credentials = credentials(home);
        return credentials.flatMap(
                usable -> endpoint.map(open -> new EndpointConfig(open.host(), open.port(), hosts, usable)));
    }

    /** Empty where some are asked for that cannot be used, and holding nothing where none are asked for. */
    private Optional<Optional<Credentials>> credentials(Optional<Path> home) {
        Optional<ConfigValues.Value> given = values.get(ConfigKey.HTTP_AUTH);
        if (given.isPresent()) {
            try {
                return Optional.of(Optional.of(Credentials.parse(given.get().text())));
            } catch (IllegalArgumentException bad) {
                complain.accept(
                        ConfigKey.HTTP_AUTH.key() + " (from " + given.get().origin() + ") cannot be used: "
                                + bad.getMessage() + "; allowed: " + ConfigKey.HTTP_AUTH.allowed()
                                + "; used instead: no live endpoint");
                return Optional.empty();
            }
        }
        Optional<Optional<Credentials>> none = Optional.of(Optional.empty());
        if (values.get(ConfigKey.HTTP_AUTH_FILE).isPresent()) {
            return value(
                    ConfigKey.HTTP_AUTH_FILE,
                    Optional.empty(),
                    "no live endpoint",
                    text -> Optional.of(Optional.of(Credentials.parse(secret(file(text, home))))));
        }
        if (values.isOnlyExposed(ConfigKey.HTTP_AUTH)) {
            complain.accept("no live endpoint: the credentials it was to ask for were refused");
            return Optional.empty();
        }
        return none;
    }

    private static String secret(Path file) {
        try {
            if (Files.size(file) > MOST_SECRET_BYTES) {
                throw new IllegalArgumentException("the file is too long");
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the file cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    private static Set<String> hosts(String text) {
        Set<String> hosts = new LinkedHashSet<>();
        for (String word : text.split(",", -1)) {
            String host = word.strip();
            String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
            if (!EndpointConfig.isHost(bare)) {
                throw new IllegalArgumentException("'" + host + "' is neither a name nor an address, without a port");
            }
            hosts.add(bare);
        }
        return hosts;
    }

    private CarbonSettings carbon() {
        Optional<CarbonIntensity> ofZone =
                value(ConfigKey.ZONE, Optional.empty(), "the world average", text -> Optional.of(zone(text)));
        CarbonIntensity standard = ofZone.orElse(GridZones.bundled().world());
        Optional<CarbonIntensity> given = value(
                ConfigKey.CARBON_INTENSITY,
                Optional.empty(),
                "the figure of zone " + standard.zone(),
                text -> Optional.of(CarbonIntensity.custom(number(text))));
        CarbonIntensity intensity = given.orElse(standard);
        double pue = value(ConfigKey.PUE, 1.0, text -> {
            double number = number(text);
            new CarbonSettings(intensity, number, false);
            return number;
        });
        hintAtPublishedPue();
        return new CarbonSettings(intensity, pue, ofZone.isEmpty() && given.isEmpty());
    }

    /** A provider's figure is named and never applied by itself: the user may know better. */
    private void hintAtPublishedPue() {
        Optional<ConfigValues.Value> zone = values.get(ConfigKey.ZONE);
        if (zone.isPresent() && values.get(ConfigKey.PUE).isEmpty()) {
            GridZones.bundled()
                    .pueOf(zone.get().text())
                    .ifPresent(pue ->
                            complain.accept("the provider of " + zone.get().text() + " states a PUE of "
                                    + pue.value() + " (" + pue.year() + "), which is not applied; pue=" + pue.value()
                                    + " does"));
        }
    }

    private Hardware hardware(Optional<Path> home) {
        Hardware standard = Hardware.ofThisMachine();
        return new Hardware(
                value(ConfigKey.POWERCAP_ROOT, standard.powercapRoot(), text -> directory(text, home)),
                value(ConfigKey.PERF_ROOT, standard.perfRoot(), text -> directory(text, home)),
                standard.cpuRoot(),
                value(ConfigKey.HWMON_ROOT, standard.hwmonRoot(), text -> directory(text, home)),
                value(ConfigKey.PROC_ROOT, standard.procRoot(), text -> directory(text, home)),
                standard.cgroupRoot(),
                value(ConfigKey.NVML_LIBRARY, standard.nvmlLibrary(), text -> Optional.of(file(text, home))));
    }

    private static long interval(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a duration with the unit ms or s");
        }
        double millis = Double.parseDouble(matcher.group(1)) * (matcher.group(2).equals("s") ? 1_000 : 1);
        long nanos = Math.round(millis * NANOS_PER_MILLI);
        if (nanos < MIN_INTERVAL_NANOS || nanos > MAX_INTERVAL_NANOS) {
            throw new IllegalArgumentException("out of range");
        }
        return nanos;
    }

    private static int epochs(String text) {
        int epochs;
        try {
            epochs = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a whole number", e);
        }
        if (epochs < 1 || epochs > MOST_EPOCHS) {
            throw new IllegalArgumentException("out of range");
        }
        return epochs;
    }

    private static boolean stops(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "stop" -> true;
            case "warn" -> false;
            default -> throw new IllegalArgumentException("no such action");
        };
    }

    private static Optional<EndpointConfig> address(String text) {
        if (isOff(text)) {
            return Optional.empty();
        }
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? STANDARD_ENDPOINT.host() : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.contains(":")) {
            throw new IllegalArgumentException("an IPv6 address stands in brackets");
        }
        int port;
        try {
            port = Integer.parseInt(text.substring(colon + 1));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("no port number", e);
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("the port is not from 0 to 65535");
        }
        return Optional.of(EndpointConfig.of(host.isEmpty() ? STANDARD_ENDPOINT.host() : host, port));
    }

    private static CarbonIntensity zone(String text) {
        return GridZones.bundled().find(text).orElseThrow(() -> {
            List<String> near = GridZones.bundled().suggestions(text);
            return new IllegalArgumentException(
                    near.isEmpty() ? "no such zone" : "no such zone; near: " + String.join(", ", near));
        });
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a number", e);
        }
    }

    private static Optional<String> name(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException("empty, too long or not printable");
        }
        return Optional.of(text);
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String pair : text.split(",", -1)) {
            int colon = pair.indexOf(':');
            if (colon <= 0 || !NAME.matcher(pair).matches()) {
                throw new IllegalArgumentException("'" + pair + "' is not name:value");
            }
            labels.put(
                    pair.substring(0, colon).strip(), pair.substring(colon + 1).strip());
        }
        return labels;
    }

    private static SummaryTarget summary(String text, Optional<Path> home) {
        if (isOff(text)) {
            return new SummaryTarget.Off();
        }
        if (text.equals("stdout")) {
            throw new IllegalArgumentException("standard output belongs to the program");
        }
        if (text.equals("stderr")) {
            return new SummaryTarget.Stderr();
        }
        String pid = Long.toString(ProcessHandle.current().pid());
        return new SummaryTarget.TextFile(path(text.replace(SummaryTarget.TextFile.PID, pid), home));
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

    private static Path directory(String text, Optional<Path> home) {
        Path path = path(text, home);
        if (!Files.isDirectory(path)) {
            throw new IllegalArgumentException("no such directory");
        }
        return path;
    }

    private static Path file(String text, Optional<Path> home) {
        Path path = path(text, home);
        if (!Files.isRegularFile(path)) {
            throw new IllegalArgumentException("no such file");
        }
        return path;
    }

    private static Path path(String text, Optional<Path> home) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("empty");
        }
        try {
            if (text.startsWith("~/")) {
                return home.orElseThrow(() -> new IllegalArgumentException("this user has no home directory"))
                        .resolve(text.substring(2));
            }
            return Path.of(text).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("not a path", e);
        }
    }

    private static boolean isOff(String text) {
        return text.equals("off");
    }
}
