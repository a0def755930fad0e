/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.detail;

import com.google.gson.JsonObject;
import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.carbon.EmissionBasis;
import dev.wattle.core.carbon.GridZones;
import dev.wattle.core.carbon.ZoneKind;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts the lines of a journal together to one run. It takes them in the order of the file; lines and fields that it does not know
 * or that are damaged are ignored. Bounded in memory: {@value #MAX_CHECKPOINTS} checkpoints, then every second one, and so on.
 * Not thread-safe.
 */
public final class RunDetailReader {

    private static final int MAX_CHECKPOINTS = 1_000;

    private final TrainingLines trainings = new TrainingLines();
    private final List<CheckpointDetail> checkpoints = new ArrayList<>();
    private JsonObject identity = new JsonObject();
    private JsonObject latest = new JsonObject();
    private final List<JsonObject> joined = new ArrayList<>();
    private int keepEvery = 1;
    private long checkpointsSeen;
    private boolean known;
    private boolean ended;

    /** Takes a line. */
    public void accept(JsonObject line) {
        switch (JsonFields.text(line, "type")) {
            case "run" -> {
                identity = known ? identity : line;
                known = true;
            }
            case "device" -> joined.add(line);
            case "epoch" -> trainings.epoch(line);
            case "projection" -> trainings.projection(line);
            case "checkpoint" -> {
                latest = line;
                checkpoint(line);
            }
            case "summary" -> {
                latest = line;
                ended = true;
                addCheckpoint(line);
                trainings.summary(line);
            }
            default -> {
                // Of a later version.
            }
        }
    }

    private void checkpoint(JsonObject line) {
        if (checkpointsSeen++ % keepEvery != 0) {
            return;
        }
        addCheckpoint(line);
        if (checkpoints.size() > MAX_CHECKPOINTS) {
            for (int i = checkpoints.size() - 1; i > 0; i -= 2) {
                checkpoints.remove(i);
            }
            keepEvery *= 2;
        }
    }

    private void addCheckpoint(JsonObject line) {
        double seconds = JsonFields.numberOrNaN(line, "elapsed_seconds");
        if (seconds >= 0
                && (checkpoints.isEmpty()
                        || seconds > checkpoints.get(checkpoints.size() - 1).seconds())) {
            checkpoints.add(new CheckpointDetail(seconds, JsonFields.counts(line, "microjoules")));
        }
    }

    /** The run so far; empty where no line said which run it is. */
    public Optional<RunDetail> detail() {
        if (!known) {
            return Optional.empty();
        }
        String project = JsonFields.text(identity, "project");
        return Optional.of(new RunDetail(
                JsonFields.text(identity, "run"),
                project.isEmpty() ? Optional.empty() : Optional.of(project),
                JsonFields.texts(identity, "labels"),
                JsonFields.text(identity, "host"),
                JsonFields.text(identity, "java"),
                JsonFields.text(identity, "wattle"),
                instant(JsonFields.text(identity, "started")),
                !ended,
                JsonFields.numberOrNaN(latest, "elapsed_seconds"),
                JsonFields.counts(latest, "microjoules"),
                JsonFields.counts(latest, "microjoules_by_quality"),
                process(),
                JsonFields.number(latest, "co2e_grams"),
                carbon(latest.has("carbon") ? latest : identity),
                devices(),
                phases(),
                trainings.details(),
                List.copyOf(checkpoints),
                JsonFields.textList(latest, "unmetered"),
                Optional.empty()));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private Map<String, Long> process() {
        JsonObject parts = JsonFields.object(latest, "process_microjoules");
        Map<String, Long> sums = new LinkedHashMap<>();
        parts.keySet().forEach(component -> sums.put(component, Energies.total(JsonFields.counts(parts, component))));
        return sums;
    }

    private static Optional<CarbonSettings> carbon(JsonObject line) {
        JsonObject json = JsonFields.object(line, "carbon");
        String zone = JsonFields.text(json, "zone");
        try {
            CarbonIntensity intensity = new CarbonIntensity(
                    JsonFields.numberOrNaN(json, "grams_per_kwh"),
                    zone,
                    GridZones.bundled()
                            .find(zone)
                            .map(CarbonIntensity::zoneName)
                            .orElse(zone),
                    JsonFields.smallCount(json, "year"),
                    kind(JsonFields.text(json, "kind")),
                    basis(JsonFields.text(json, "basis")),
                    JsonFields.text(json, "source"));
            return Optional.of(
                    new CarbonSettings(intensity, JsonFields.number(json, "pue").orElse(1), false));
        } catch (IllegalArgumentException outOfRange) {
            return Optional.empty();
        }
    }

    private static ZoneKind kind(String tag) {
        for (ZoneKind kind : ZoneKind.values()) {
            if (kind.tag().equals(tag)) {
                return kind;
            }
        }
        return ZoneKind.UNSTATED;
    }

    private static EmissionBasis basis(String tag) {
        for (EmissionBasis basis : EmissionBasis.values()) {
            if (basis.tag().equals(tag)) {
                return basis;
            }
        }
        return EmissionBasis.UNSTATED;
    }

    private List<DeviceDetail> devices() {
        List<DeviceDetail> devices = new ArrayList<>();
        if (latest.has("devices")) {
            JsonFields.objects(latest, "devices").forEach(json -> devices.add(device(json, true)));
        } else {
            JsonFields.objects(identity, "devices").forEach(json -> devices.add(device(json, false)));
            joined.forEach(json -> devices.add(device(json, false)));
        }
        return devices;
    }

    private DeviceDetail device(JsonObject json, boolean whole) {
        String device = JsonFields.text(json, "device");
        Long used = JsonFields.counts(latest, "microjoules").get(device);
        return new DeviceDetail(
                device,
                JsonFields.text(json, "component"),
                JsonFields.text(json, "name"),
                JsonFields.text(json, "quality"),
                JsonFields.text(json, "source"),
                JsonFields.text(json, "scope"),
                whole ? JsonFields.count(json, "microjoules") : used == null ? 0 : used,
                JsonFields.count(json, "average_microwatts"),
                JsonFields.count(json, "peak_microwatts"),
                JsonFields.count(json, "gaps"),
                JsonFields.number(json, "gap_seconds").orElse(0),
                JsonFields.text(json, "suspect_reason"));
    }

    private List<PhaseDetail> phases() {
        List<PhaseDetail> phases = new ArrayList<>();
        for (JsonObject json : JsonFields.objects(latest, "phases")) {
            phases.add(new PhaseDetail(
                    JsonFields.text(json, "framework"),
                    JsonFields.text(json, "phase"),
                    Energies.total(JsonFields.counts(json, "microjoules"))));
        }
        return phases;
    }
}
