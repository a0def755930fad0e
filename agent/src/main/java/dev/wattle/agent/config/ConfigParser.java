/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.config;

import dev.wattle.agent.export.Credentials;
import dev.wattle.agent.export.EndpointConfig;
import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.carbon.EmbodiedSettings;
import dev.wattle.core.carbon.GridZones;
import dev.wattle.core.carbon.IntensityHistory;
import dev.wattle.core.carbon.Pue;
import dev.wattle.core.forecast.Budget;
import dev.wattle.probes.Hardware;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Applies the table of {@link ConfigKey} to the configured texts. A value that cannot be parsed is one warning that names the
 * key, the value, its origin, the allowed values and the value used instead; it affects no other key.
 */
final class ConfigParser {
    private static final String NO_ENDPOINT = "no live endpoint";

    private final ConfigValues values;
    private final UserPaths paths;
    private final Consumer<String> warn;

    private ConfigParser(ConfigValues values, UserPaths paths, Consumer<String> warn) {
        this.values = values;
        this.paths = paths;
        this.warn = warn;
    }

    static AgentConfig parse(ConfigValues values, UserPaths paths, Consumer<String> warn) {
        return new ConfigParser(values, paths, warn).parse();
    }

    private AgentConfig parse() {
        // The type arguments are those that the formats of the keys name.
        return new AgentConfig(
                this.<Long>valueOrDefault(ConfigKey.INTERVAL),
                http(),
                ledger(),
                this.<String>value(ConfigKey.RUN),
                this.<String>value(ConfigKey.PROJECT),
                this.<Map<String, String>>value(ConfigKey.LABELS).orElse(Map.of()),
                this.<Integer>value(ConfigKey.EPOCHS).orElse(0),
                this.<Budget>value(ConfigKey.BUDGET),
                this.<Boolean>valueOrDefault(ConfigKey.BUDGET_ACTION),
                this.<SummaryConfig>valueOrDefault(ConfigKey.SUMMARY),
                valueOrDefault(ConfigKey.SOURCES),
                hardware(),
                carbon(),
                live(),
                trackers());
    }

    /** The configured value; the default where there is none or it cannot be parsed. */
    private <T> T valueOrDefault(ConfigKey key) {
        Optional<T> value = value(key);
        return value.isPresent() ? value.get() : parse(key, key.defaultText());
    }

    /** The configured value; empty where there is none or it cannot be parsed. */
    private <T> Optional<T> value(ConfigKey key) {
        return value(key, key.defaultText());
    }

    /** @param instead the value that is used in place of a bad one, for the warning */
    private <T> Optional<T> value(ConfigKey key, String instead) {
        Optional<ConfigValues.Value> given = values.get(key);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse(key, given.get().text()));
        } catch (IllegalArgumentException bad) {
            String setting =
                    key.isSecret() ? key.key() : key.key() + "=" + given.get().shown();
            String reason = bad.getMessage() == null ? "" : ": " + bad.getMessage();
            warn.accept(setting + " (from " + given.get().origin() + ") cannot be used" + reason + "; allowed: "
                    + key.allowed() + "; used instead: " + instead);
            return Optional.empty();
        }
    }

    @SuppressWarnings("unchecked")
    private <T> T parse(ConfigKey key, String text) {
        return (T) key.format().parse(text, paths);
    }

    private Optional<Path> ledger() {
        Optional<Optional<Path>> given = value(ConfigKey.LEDGER);
        if (given.isPresent()) {
            return given.get();
        }
        if (paths.home().isPresent()) {
            return parse(ConfigKey.LEDGER, ConfigKey.LEDGER.defaultText());
        }
        if (values.get(ConfigKey.LEDGER).isEmpty()) {
            warn.accept(
                    "no journal: this user has no home directory; ledger=DIR names a directory for it, and ledger=off"
                            + " turns it off");
        }
        return Optional.empty();
    }

    private Optional<EndpointConfig> http() {
        Optional<EndpointConfig> endpoint = valueOrDefault(ConfigKey.HTTP);
        Set<String> hosts = this.<Set<String>>value(ConfigKey.HTTP_HOSTS).orElse(Set.of());
        Optional<Credentials> credentials = credentials();
        if (endpoint.isEmpty() || credentials.isEmpty() && wantsCredentials()) {
            return Optional.empty();
        }
        return Optional.of(
                new EndpointConfig(endpoint.get().host(), endpoint.get().port(), hosts, credentials));
    }

    /** Without usable credentials the endpoint stays closed: a user who sets them does not want it open to all. */
    private Optional<Credentials> credentials() {
        if (values.get(ConfigKey.HTTP_AUTH).isPresent()) {
            return value(ConfigKey.HTTP_AUTH, NO_ENDPOINT);
        }
        if (values.get(ConfigKey.HTTP_AUTH_FILE).isPresent()) {
            return value(ConfigKey.HTTP_AUTH_FILE, NO_ENDPOINT);
        }
        if (values.isRefused(ConfigKey.HTTP_AUTH)) {
            warn.accept(NO_ENDPOINT + ": its credentials were refused");
        }
        return Optional.empty();
    }

    private boolean wantsCredentials() {
        return values.isRefused(ConfigKey.HTTP_AUTH)
                || values.get(ConfigKey.HTTP_AUTH).isPresent()
                || values.get(ConfigKey.HTTP_AUTH_FILE).isPresent();
    }

    private Hardware hardware() {
        Hardware machine = Hardware.ofThisMachine();
        Optional<Path> nvmlLibrary = value(ConfigKey.NVML_LIBRARY);
        return new Hardware(
                this.<Path>value(ConfigKey.POWERCAP_ROOT).orElse(machine.powercapRoot()),
                this.<Path>value(ConfigKey.PERF_ROOT).orElse(machine.perfRoot()),
                machine.cpuRoot(),
                this.<Path>value(ConfigKey.HWMON_ROOT).orElse(machine.hwmonRoot()),
                this.<Path>value(ConfigKey.PROC_ROOT).orElse(machine.procRoot()),
                machine.cgroupRoot(),
                nvmlLibrary.isPresent() ? nvmlLibrary : machine.nvmlLibrary());
    }

    private CarbonSettings carbon() {
        Optional<CarbonIntensity> zone = value(ConfigKey.ZONE, "the world average");
        CarbonIntensity fallback =
                zone.isPresent() ? zone.get() : GridZones.bundled().world();
        Optional<CarbonIntensity> figure = value(ConfigKey.CARBON_INTENSITY, "the figure of zone " + fallback.zone());
        double pue = this.<Double>valueOrDefault(ConfigKey.PUE);
        CarbonIntensity intensity = figure.orElse(fallback);
        return new CarbonSettings(
                intensity,
                pue,
                zone.isEmpty() && figure.isEmpty(),
                IntensityHistory.of(intensity),
                publishedPue(),
                embodied());
    }

    private EmbodiedSettings embodied() {
        EmbodiedSettings hardware = valueOrDefault(ConfigKey.EMBODIED);
        return new EmbodiedSettings(
                hardware.kgCo2e(),
                hardware.automatic(),
                this.<Double>valueOrDefault(ConfigKey.LIFETIME),
                this.<Double>valueOrDefault(ConfigKey.EMBODIED_SHARE));
    }

    private Optional<LiveIntensityConfig> live() {
        // All are read, so that a mistake is reported whether they are used or not.
        Optional<LiveIntensityConfig.Provider> provider = valueOrDefault(ConfigKey.LIVE_INTENSITY);
        Optional<String> zone = value(ConfigKey.LIVE_INTENSITY_ZONE);
        long intervalNanos = this.<Long>valueOrDefault(ConfigKey.LIVE_INTENSITY_INTERVAL);
        Optional<URI> url = value(ConfigKey.LIVE_INTENSITY_URL);
        Optional<SecretText> token = values.get(ConfigKey.LIVE_INTENSITY_TOKEN).isPresent()
                ? value(ConfigKey.LIVE_INTENSITY_TOKEN)
                : value(ConfigKey.LIVE_INTENSITY_TOKEN_FILE);
        if (provider.isEmpty()) {
            return Optional.empty();
        }
        boolean isUrlBad =
                url.isEmpty() && values.get(ConfigKey.LIVE_INTENSITY_URL).isPresent();
        if (isUrlBad || token.isEmpty() && values.isRefused(ConfigKey.LIVE_INTENSITY_TOKEN)) {
            warn.accept("no live carbon intensity: its " + (isUrlBad ? "address" : "token")
                    + " cannot be used; used instead: the figure of the table");
            return Optional.empty();
        }
        return new LiveIntensityParser(provider.get(), warn)
                .parse(zone, values.get(ConfigKey.ZONE).map(ConfigValues.Value::text), token, url, intervalNanos);
    }

    private TrackerConfig trackers() {
        Optional<Optional<Path>> directory = value(ConfigKey.TENSORBOARD);
        return new TrackerConfig(mlflow(), directory.orElse(Optional.empty()));
    }

    /** MLflow's own variables are often set for other programs, so that one without the other is no mistake. */
    private Optional<MlflowConfig> mlflow() {
        Optional<ConfigValues.Value> server = values.get(ConfigKey.MLFLOW);
        Optional<ConfigValues.Value> run = values.get(ConfigKey.MLFLOW_RUN);
        boolean isPair = server.isPresent() && run.isPresent();
        if (!isPair && Stream.concat(server.stream(), run.stream()).allMatch(ConfigValues.Value::isMlflows)) {
            return Optional.empty();
        }
        // Both are read, so that a mistake is reported whether they are used or not.
        Optional<Optional<URI>> address = value(ConfigKey.MLFLOW, "off");
        Optional<String> id = value(ConfigKey.MLFLOW_RUN, "none");
        boolean isOff = address.isPresent() && address.get().isEmpty();
        if (!isPair && !isOff && (address.isPresent() || id.isPresent())) {
            warn.accept("MLflow gets no values: " + (server.isPresent() ? "mlflow" : "mlflow-run") + " is set and "
                    + (server.isPresent() ? "mlflow-run=ID" : "mlflow=http://HOST:PORT") + " is missing");
        }
        if (address.isEmpty() || address.get().isEmpty() || id.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(MlflowConfig.of(
                    address.get().get(),
                    id.get(),
                    values.environment("MLFLOW_TRACKING_USERNAME"),
                    values.environment("MLFLOW_TRACKING_PASSWORD"),
                    values.environment("MLFLOW_TRACKING_TOKEN")));
        } catch (IllegalArgumentException bad) {
            warn.accept("MLflow gets no values: " + bad.getMessage());
            return Optional.empty();
        }
    }

    /** A provider's figure is suggested and never applied: the user may know better. */
    private Optional<Pue> publishedPue() {
        Optional<ConfigValues.Value> zone = values.get(ConfigKey.ZONE);
        if (zone.isEmpty() || values.get(ConfigKey.PUE).isPresent()) {
            return Optional.empty();
        }
        Optional<Pue> published = GridZones.bundled().pueOf(zone.get().text());
        if (published.isPresent()) {
            Pue pue = published.get();
            String average = pue.isProviderAverage() ? " for all its regions" : "";
            warn.accept("the provider of " + zone.get().text() + " states a PUE of " + pue.value() + average + " ("
                    + pue.year() + "), which is not applied; pue=" + pue.value() + " applies it");
        }
        return published;
    }
}
