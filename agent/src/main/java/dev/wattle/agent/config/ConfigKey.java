/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.config;

import dev.wattle.core.forecast.Budget;
import java.util.Optional;

/**
 * The keys of the configuration, one row each: name, format, default, allowed values, description. The table in
 * {@code docs/configuration.md} has the same rows in the same order.
 */
enum ConfigKey {
    INTERVAL(
            "interval",
            ConfigFormat.DURATION,
            "100ms",
            "a duration from 1ms to 60s, such as 100ms or 2s",
            "time between two readings"),
    HTTP(
            "http",
            ConfigFormat.ADDRESS,
            "127.0.0.1:9474",
            "HOST:PORT, a port alone, or off; port 0 is any free one",
            "address of the live page `/`, its data `/run` and `/metrics`"),
    HTTP_HOSTS(
            "http-hosts",
            ConfigFormat.HOSTS,
            "none",
            "names or addresses separated by commas, or * for all",
            "further host names that a request may be addressed to"),
    HTTP_AUTH(
            "http-auth",
            ConfigFormat.CREDENTIALS,
            "none",
            "bearer:TOKEN or basic:USER:PASSWORD, in the environment or a properties file",
            "credentials that a client must send"),
    HTTP_AUTH_FILE(
            "http-auth-file",
            ConfigFormat.CREDENTIALS_FILE,
            "none",
            "a file with what http-auth may be",
            "the same from a file, such as a mounted secret"),
    ZONE(
            "zone",
            ConfigFormat.ZONE,
            "none",
            "a grid zone such as FR or US-CA, or a cloud region such as aws:eu-west-3",
            "where the electricity comes from"),
    CARBON_INTENSITY(
            "carbon-intensity",
            ConfigFormat.CARBON_INTENSITY,
            "from zone",
            "grams of CO2e per kWh, from 0 to 2000",
            "overrides the figure of the zone"),
    PUE(
            "pue",
            ConfigFormat.PUE,
            "1.0",
            "a number from 1 to 10",
            "power usage effectiveness of the facility; multiplies CO2e, not energy"),
    LIVE_INTENSITY(
            "live-intensity",
            ConfigFormat.LIVE_PROVIDER,
            "off",
            "electricitymaps, uk, watttime, or off",
            "a service that is asked for the carbon intensity of now"),
    LIVE_INTENSITY_ZONE(
            "live-intensity-zone",
            ConfigFormat.NAME,
            "from zone",
            "the service's name of a zone, such as US-CAL-CISO, 13 or CAISO_NORTH",
            "the place that the service is asked about"),
    LIVE_INTENSITY_TOKEN(
            "live-intensity-token",
            ConfigFormat.SECRET,
            "none",
            "a token, or USER:PASSWORD for watttime, in the environment or a properties file",
            "what the service asks for"),
    LIVE_INTENSITY_TOKEN_FILE(
            "live-intensity-token-file",
            ConfigFormat.SECRET_FILE,
            "none",
            "a file with what live-intensity-token may be",
            "the same from a file, such as a mounted secret"),
    LIVE_INTENSITY_URL(
            "live-intensity-url",
            ConfigFormat.URL,
            "the service's own",
            "an address that starts with http:// or https://",
            "another address of the service, such as a gateway"),
    LIVE_INTENSITY_INTERVAL(
            "live-intensity-interval",
            ConfigFormat.LONG_DURATION,
            "5min",
            "a duration from 1s to 60min",
            "time between two requests to the service"),
    EMBODIED(
            "embodied",
            ConfigFormat.EMBODIED,
            "auto",
            "auto, off, or kilograms of CO2e from 0 to 1000000",
            "what making the machine emitted, for the SCI score"),
    EMBODIED_SHARE(
            "embodied-share",
            ConfigFormat.SHARE,
            "1",
            "a number above 0, up to 1",
            "the part of that machine which the run has for itself"),
    LIFETIME(
            "lifetime",
            ConfigFormat.LIFETIME,
            "4",
            "years, from 0.5 to 30",
            "how long the machine is used in all, for the SCI score"),
    LEDGER(
            "ledger",
            ConfigFormat.PATH_OR_OFF,
            "~/.wattle/runs",
            "a directory, or off",
            "where the journals of runs are kept"),
    RUN("run", ConfigFormat.NAME, "generated", "a name of 1 to 200 printable characters", "the name of the run"),
    PROJECT(
            "project",
            ConfigFormat.NAME,
            "none",
            "a name of 1 to 200 printable characters",
            "the project that the run belongs to"),
    LABELS(
            "labels",
            ConfigFormat.LABELS,
            "none",
            "name:value pairs separated by commas, such as team:vision,stage:dev",
            "further names, kept in the journal"),
    EPOCHS(
            "epochs",
            ConfigFormat.EPOCHS,
            "from the framework",
            "a whole number from 1 to 1000000",
            "planned number of epochs of every training, for projections; overrides the framework"),
    BUDGET("budget", ConfigFormat.BUDGET, "none", Budget.ALLOWED, "what the run may use"),
    BUDGET_ACTION(
            "budget-action",
            ConfigFormat.BUDGET_ACTION,
            "warn",
            "warn, or stop",
            "what happens when the budget is used up"),
    SUMMARY(
            "summary",
            ConfigFormat.SUMMARY,
            "stderr",
            "stderr, a file, or off; full or short, alone or before one of these, as in full:FILE",
            "where the summary is written at the end of the run, and how long it is"),
    MLFLOW(
            "mlflow",
            ConfigFormat.TRACKING_SERVER,
            "MLFLOW_TRACKING_URI",
            "an address that starts with http:// or https://, or off",
            "an MLflow server that gets each epoch's figures"),
    MLFLOW_RUN(
            "mlflow-run",
            ConfigFormat.NAME,
            "MLFLOW_RUN_ID",
            "the id of a run, of 1 to 200 printable characters",
            "the run of that server that gets them"),
    TENSORBOARD(
            "tensorboard",
            ConfigFormat.PATH_OR_OFF,
            "off",
            "a directory, or off",
            "where an event file for TensorBoard is written"),
    SOURCES(
            "sources",
            ConfigFormat.SOURCES,
            "auto",
            "auto, or some of powercap,perf,nvml,hwmon,model",
            "the sources of energy to look for"),
    POWERCAP_ROOT(
            "powercap-root",
            ConfigFormat.DIRECTORY,
            "/sys/class/powercap",
            "a directory",
            "where processor counters are read"),
    PERF_ROOT(
            "perf-root",
            ConfigFormat.DIRECTORY,
            "/sys/bus/event_source/devices",
            "a directory",
            "where the kernel describes its perf events, another way to the same counters"),
    HWMON_ROOT(
            "hwmon-root",
            ConfigFormat.DIRECTORY,
            "/sys/class/hwmon",
            "a directory",
            "where AMD and Intel GPUs, Grace and Jetson are read"),
    PROC_ROOT("proc-root", ConfigFormat.DIRECTORY, "/proc", "a directory", "where processor load is read"),
    NVML_LIBRARY("nvml-library", ConfigFormat.FILE, "libnvidia-ml.so.1", "a file", "NVIDIA's management library"),
    CONFIG(
            "config",
            ConfigFormat.FILE,
            "none",
            "a properties file with any of the other keys",
            "a properties file, the last place that is read");

    private final String key;
    private final ConfigFormat format;
    private final String defaultText;
    private final String allowed;
    private final String description;

    ConfigKey(String key, ConfigFormat format, String defaultText, String allowed, String description) {
        this.key = key;
        this.format = format;
        this.defaultText = defaultText;
        this.allowed = allowed;
        this.description = description;
    }

    static Optional<ConfigKey> named(String key) {
        for (ConfigKey candidate : values()) {
            if (candidate.key.equals(key)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** The name, as written in the agent's arguments and in a file. */
    String key() {
        return key;
    }

    /** Parses a value of this key. */
    ConfigFormat format() {
        return format;
    }

    /** The default: a value of the format, or words such as {@code none} for a key without one. */
    String defaultText() {
        return defaultText;
    }

    /** The values that may be set, for a message. */
    String allowed() {
        return allowed;
    }

    /** What the key is for. */
    String description() {
        return description;
    }

    /** Whether the value is secret: refused where other users can read it, and never shown. */
    boolean isSecret() {
        return this == HTTP_AUTH || this == LIVE_INTENSITY_TOKEN;
    }
}
