/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.json.JsonText;
import dev.wattle.core.report.json.DeviceJson;
import dev.wattle.probes.source.Finding;
import dev.wattle.probes.source.Fix;
import dev.wattle.probes.source.ProbeKind;
import java.util.List;

/** The diagnosis for a program: one document, in which what is not known is null. */
final class DoctorJson {
    /** Grows when a name changes its meaning or goes, not when one is added. */
    private static final int SCHEMA = 1;

    private DoctorJson() {}

    static String of(DoctorReport report) {
        JsonObject document = new JsonObject();
        document.addProperty("schema", SCHEMA);
        document.addProperty("verdict", report.status().word());
        document.addProperty("wattle", report.wattle());
        document.addProperty("date", report.date().toString());
        document.add("surroundings", surroundings(report.environment()));
        JsonArray sources = new JsonArray();
        for (ProbeKind kind : ProbeKind.values()) {
            sources.add(source(kind, report));
        }
        document.add("sources", sources);
        document.addProperty("model_error", report.modelError().orElse(null));
        document.add("remarks", strings(report.remarks()));
        return JsonText.indented(document) + "\n";
    }

    private static JsonObject surroundings(Environment here) {
        JsonObject json = new JsonObject();
        json.addProperty("system", here.system());
        json.addProperty("kernel", here.kernel());
        json.addProperty("java", here.java());
        json.addProperty("user", here.user());
        json.addProperty("container", here.container().orElse(null));
        json.addProperty("processor", here.processor());
        json.addProperty("processors", here.processors());
        return json;
    }

    private static JsonObject source(ProbeKind kind, DoctorReport report) {
        JsonObject json = new JsonObject();
        json.addProperty("source", kind.word());
        json.addProperty("asked", report.asked().contains(kind));
        JsonArray findings = new JsonArray();
        report.findings(kind).forEach(finding -> findings.add(finding(finding)));
        json.add("findings", findings);
        JsonArray domains = new JsonArray();
        report.readings(kind).forEach(reading -> domains.add(domain(reading)));
        json.add("domains", domains);
        return json;
    }

    private static JsonObject finding(Finding finding) {
        JsonObject json = new JsonObject();
        json.addProperty("state", finding.state().word());
        json.addProperty("place", finding.place());
        json.addProperty("what", finding.text());
        JsonArray remedies = new JsonArray();
        for (Fix remedy : finding.remedies()) {
            JsonObject one = new JsonObject();
            one.addProperty("when", remedy.when());
            one.add("commands", strings(remedy.commands()));
            remedies.add(one);
        }
        json.add("remedies", remedies);
        return json;
    }

    private static JsonObject domain(LiveReading reading) {
        JsonObject json = DeviceJson.of(reading.domain());
        json.addProperty("answered", reading.answered());
        if (reading.microwatts() == DomainMeter.UNKNOWN) {
            json.add("watts", JsonNull.INSTANCE);
        } else {
            json.addProperty("watts", EnergyUnits.watts(reading.microwatts()));
        }
        return json;
    }

    private static JsonArray strings(List<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }
}
