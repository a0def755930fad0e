/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.domain.PowerHistory;
import java.util.Set;

/** The power of devices over time, in the live data. */
final class PowerJson {
    private static final double MILLIS_PER_SECOND = 1e3;
    private static final double MILLIWATTS_PER_WATT = 1e3;
    private static final long MICROWATTS_PER_MILLIWATT = 1_000;

    private PowerJson() {}

    /** @param devices those of the run; others are left out */
    static JsonObject of(PowerHistory history, Set<String> devices) {
        JsonObject json = new JsonObject();
        json.add("recent", series(history.recent(), devices));
        json.add("run", series(history.whole(), devices));
        return json;
    }

    private static JsonObject series(PowerHistory.Series series, Set<String> devices) {
        JsonArray instants = new JsonArray();
        series.epochMillis().forEach(millis -> instants.add(millis / MILLIS_PER_SECOND));
        JsonObject watts = new JsonObject();
        series.microwatts().forEach((device, powers) -> {
            if (devices.contains(device)) {
                JsonArray column = new JsonArray();
                powers.forEach(power -> {
                    if (power == DomainMeter.UNKNOWN) {
                        column.add(JsonNull.INSTANCE);
                    } else {
                        column.add(Math.round((double) power / MICROWATTS_PER_MILLIWATT) / MILLIWATTS_PER_WATT);
                    }
                });
                watts.add(device, column);
            }
        });
        JsonObject json = new JsonObject();
        json.add("unix_seconds", instants);
        json.add("watts", watts);
        return json;
    }
}
