/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.json;

import com.google.gson.JsonObject;
import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.snapshot.DeviceSnapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Devices and energy by device, in the journal, in the live data and in the report of {@code doctor}. */
public final class DeviceJson {

    private DeviceJson() {}

    /** What a device is and how its energy is measured. */
    public static JsonObject of(EnergyDomain domain) {
        JsonObject json = new JsonObject();
        json.addProperty("device", domain.device());
        json.addProperty("component", domain.component().tag());
        json.addProperty("name", domain.name());
        json.addProperty("uuid", domain.uuid());
        json.addProperty("quality", domain.quality().tag());
        json.addProperty("scope", domain.scope().tag());
        json.addProperty("source", domain.source());
        return json;
    }

    /** The same, with its energy, power, coverage and faults. */
    static JsonObject of(DeviceSnapshot device) {
        JsonObject json = of(device.domain());
        json.addProperty("microjoules", device.microjoules());
        json.addProperty("first_reading", RunJson.MICROS.format(device.firstReading()));
        json.addProperty("last_reading", RunJson.MICROS.format(device.lastReading()));
        if (device.averageMicrowatts() != DomainMeter.UNKNOWN) {
            json.addProperty("average_microwatts", device.averageMicrowatts());
        }
        if (device.peakMicrowatts() != DomainMeter.UNKNOWN) {
            json.addProperty("peak_microwatts", device.peakMicrowatts());
        }
        json.addProperty("covered_seconds", EnergyUnits.seconds(device.coveredNanos()));
        json.addProperty("gaps", device.gaps());
        json.addProperty("gap_seconds", EnergyUnits.seconds(device.gapNanos()));
        json.addProperty("interpolated_microjoules", device.interpolatedMicrojoules());
        json.addProperty("read_errors", device.errors());
        json.addProperty("rejected_readings", device.rejected());
        device.suspicion().ifPresent(suspicion -> {
            json.addProperty("suspect", RunJson.MICROS.format(suspicion.when()));
            json.addProperty("suspect_reason", suspicion.reason());
        });
        device.loss().ifPresent(loss -> {
            json.addProperty("lost", RunJson.MICROS.format(loss.when()));
            json.addProperty("lost_reason", loss.reason());
        });
        device.check().ifPresent(check -> {
            json.addProperty("crosscheck_ratio", check.ratio());
            json.addProperty("crosscheck_seconds", EnergyUnits.seconds(check.nanos()));
        });
        device.share().ifPresent(share -> {
            json.addProperty("use", share.use().name().toLowerCase(Locale.ROOT));
            json.addProperty("use_rule", share.rule());
            json.addProperty("process_microjoules", share.microjoules());
        });
        return json;
    }

    /** Microjoules by device. A device with two sources, one after the other, is one device here. */
    static JsonObject microjoules(List<DeviceSnapshot> devices) {
        Map<String, Long> sums = new LinkedHashMap<>();
        devices.forEach(device -> sums.merge(device.domain().device(), device.microjoules(), Long::sum));
        JsonObject energy = new JsonObject();
        sums.forEach(energy::addProperty);
        return energy;
    }

    /** Microjoules by device, from those by domain. */
    static JsonObject microjoules(Map<EnergyDomain, Long> microjoules) {
        Map<String, Long> sums = new LinkedHashMap<>();
        microjoules.forEach((domain, sum) -> sums.merge(domain.device(), sum, Long::sum));
        JsonObject json = new JsonObject();
        sums.forEach(json::addProperty);
        return json;
    }
}
