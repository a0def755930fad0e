/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.config;

import dev.wattle.core.forecast.Budget;
import java.util.Optional;

/** The keys of the configuration, each with what may stand there and what holds where nothing does. */
enum ConfigKey {
    INTERVAL("interval", "100ms", "a duration from 1ms to 60s, such as 100ms or 2s"),
    HTTP("http", "127.0.0.1:9474", "HOST:PORT, a port alone, or off; port 0 is any free one"),
    HTTP_HOSTS("http-hosts", "none", "names or addresses separated by commas, or * for all"),
    HTTP_AUTH("http-auth", "none", "bearer:TOKEN or basic:USER:PASSWORD, in the environment or a properties file"),
    HTTP_AUTH_FILE("http-auth-file", "none", "a file with what http-auth may be"),
    ZONE("zone", "none", "a grid zone such as FR or US-CA, or a cloud region such as aws:eu-west-3"),
    CARBON_INTENSITY("carbon-intensity", "from zone", "grams of CO2e per kWh, from 0 to 2000"),
    PUE("pue", "1.0", "a number from 1 to 10"),
    LEDGER("ledger", "~/.wattle/runs", "a directory, or off"),
    RUN("run", "generated", "a name of 1 to 200 printable characters"),
    PROJECT("project", "none", "a name of 1 to 200 printable characters"),
    LABELS("labels", "none", "name:value pairs separated by commas, such as team:vision,stage:dev"),
    EPOCHS("epochs", "from the framework", "a whole number from 1 to 1000000"),
    BUDGET("budget", "none", Budget.ALLOWED),
    BUDGET_ACTION("budget-action", "warn", "warn, or stop"),
    SUMMARY("summary", "stderr", "stderr, a file, or off"),
    SOURCES("sources", "auto", "auto, or some of powercap,perf,nvml,hwmon,model"),
    POWERCAP_ROOT("powercap-root", "/sys/class/powercap", "a directory"),
    PERF_ROOT("perf-root", "/sys/bus/event_source/devices", "a directory"),
    HWMON_ROOT("hwmon-root", "/sys/class/hwmon", "a directory"),
    PROC_ROOT("proc-root", "/proc", "a directory"),
    NVML_LIBRARY("nvml-library", "libnvidia-ml.so.1", "a file"),
    CONFIG("config", "none", "a properties file with any of the other keys");

    private final String key;
    private final String standard;
    private final String allowed;

    ConfigKey(String key, String standard, String allowed) {
        this.key = key;
        this.standard = standard;
        this.allowed = allowed;
    }

    static Optional<ConfigKey> named(String key) {
        for (ConfigKey candidate : values()) {
            if (candidate.key.equals(key)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** As it is written in the agent's arguments and in a file. */
    String key() {
        return key;
    }

    /** Whether the value is to be read by nobody: not taken from where other users look, and never shown. */
    boolean isSecret() {
        return this == HTTP_AUTH;
    }

    /** What holds where nobody sets it, in the words of the documentation. */
    String standard() {
        return standard;
    }

    /** What may be set, in words. */
    String allowed() {
        return allowed;
    }
}
