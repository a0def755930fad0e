/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.config;

/** A value that cannot be used, for every key of the configuration. */
final class BadValues {
    private BadValues() {}

    static String of(ConfigKey key) {
        return switch (key) {
            case INTERVAL -> "fast";
            case HTTP -> "127.0.0.1:99999";
            case HTTP_HOSTS -> "http://example.org";
            case HTTP_AUTH -> "sesame";
            case ZONE -> "ATLANTIS";
            case CARBON_INTENSITY -> "lots";
            case PUE -> "0.5";
            case LIVE_INTENSITY -> "oracle";
            case LIVE_INTENSITY_ZONE -> "z".repeat(201);
            case LIVE_INTENSITY_TOKEN -> "open sesame";
            case LIVE_INTENSITY_URL -> "ftp://example.org";
            case LIVE_INTENSITY_INTERVAL -> "1ms";
            case EMBODIED -> "heavy";
            case EMBODIED_SHARE -> "0";
            case LIFETIME -> "100";
            case LEDGER -> "";
            case RUN -> "r".repeat(201);
            case PROJECT -> "p".repeat(201);
            case LABELS -> "no pair";
            case EPOCHS -> "0";
            case BUDGET -> "2kW";
            case BUDGET_ACTION -> "panic";
            case SUMMARY -> "stdout";
            case MLFLOW -> "file:/mlruns";
            case MLFLOW_RUN -> "m".repeat(201);
            case TENSORBOARD -> "";
            case SOURCES -> "coal";
            case POWERCAP_ROOT, PERF_ROOT, HWMON_ROOT, PROC_ROOT -> "/no/such/directory";
            case NVML_LIBRARY, HTTP_AUTH_FILE, LIVE_INTENSITY_TOKEN_FILE, CONFIG -> "/no/such/file";
        };
    }

    /** The environment variable that sets the key. */
    static String variable(ConfigKey key) {
        return "WATTLE_" + key.name();
    }
}
