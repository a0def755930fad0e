/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.epoch.LearningCurve;
import dev.wattle.core.epoch.TrainingRecord;
import dev.wattle.core.ledger.RunIdentity;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.sampling.UnansweredSource;
import dev.wattle.core.snapshot.DeviceSnapshot;
import dev.wattle.core.snapshot.RunSnapshot;
import dev.wattle.core.snapshot.TrainingsSnapshot;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The lines of a journal: {@code run} when it begins, {@code checkpoint} while it goes on, {@code summary} when it ends; what
 * stands between them, {@link JournalLines}.
 *
 * <p>A device's energy is of the time from its {@code first_reading} to its {@code last_reading}, which are given to the
 * microsecond. Energies are whole microjoules since the run began, times are UTC. A checkpoint holds totals, not differences: the
 * last one that can be read tells the run.
 */
public final class RunJson {

    private static final int SCHEMA = 1;

    /** What of the frameworks in the JVM is not metered, and why: in a checkpoint, a summary and the live data. */
    public static final String UNMETERED = "unmetered";

    /** Always six decimals, which Instant's own text cuts where they are zero. */
    static final DateTimeFormatter MICROS =
            new DateTimeFormatterBuilder().appendInstant(6).toFormatter(Locale.ROOT);

    private static final double NANOS_PER_SECOND = 1e9;

    private RunJson() {}

    /** The first line. */
    public static JsonObject run(RunIdentity run, CarbonSettings carbon, List<EnergyDomain> domains) {
        JsonObject line = new JsonObject();
        line.addProperty("type", "run");
        line.addProperty("schema", SCHEMA);
        line.addProperty("run", run.run());
        run.project().ifPresent(project -> line.addProperty("project", project));
        if (!run.labels().isEmpty()) {
            JsonObject labels = new JsonObject();
            run.labels().forEach(labels::addProperty);
            line.add("labels", labels);
        }
        line.addProperty("started", run.started().toString());
        line.addProperty("host", run.host());
        line.addProperty("pid", run.pid());
        line.addProperty("java", run.java());
        line.addProperty("wattle", run.wattle());
        line.add("carbon", carbon(carbon));
        JsonArray devices = new JsonArray();
        for (EnergyDomain domain : domains) {
            devices.add(domain(domain));
        }
        line.add("devices", devices);
        return line;
    }

    /** A line for a domain that joined while the run went on. */
    public static JsonObject joined(EnergyDomain domain, Instant at) {
        JsonObject line = new JsonObject();
        line.addProperty("type", "device");
        line.addProperty("at", at.toString());
        domain(domain).asMap().forEach(line::add);
        return line;
    }

    /** A line while the run goes on. */
    public static JsonObject checkpoint(RunSnapshot report, Instant at) {
        return figures("checkpoint", report, at);
    }

    /** The last line. */
    public static JsonObject summary(RunSnapshot report, Instant at) {
        JsonObject line = figures("summary", report, at);
        line.addProperty("kwh", EnergyUnits.kwh(report.microjoules()));
        line.add("carbon", carbon(report.carbon()));
        JsonArray devices = new JsonArray();
        for (DeviceSnapshot device : report.devices()) {
            devices.add(device(device));
        }
        line.add("devices", devices);
        if (!report.others().isEmpty()) {
            JsonArray others = new JsonArray();
            report.others().forEach(device -> others.add(device(device)));
            line.add("others", others);
        }
        JsonObject meter = new JsonObject();
        if (report.meterCpuNanos() >= 0) {
            meter.addProperty("cpu_seconds", report.meterCpuNanos() / NANOS_PER_SECOND);
        }
        if (report.meterStartCpuNanos() >= 0) {
            meter.addProperty("start_cpu_seconds", report.meterStartCpuNanos() / NANOS_PER_SECOND);
        }
        meter.addProperty("ticks", report.ticks());
        meter.addProperty("missed_ticks", report.missedTicks());
        meter.addProperty("interval_ms", report.periodNanos() / 1e6);
        line.add("meter", meter);
        addTrainings(line, report);
        return line;
    }

    private static void addTrainings(JsonObject line, RunSnapshot report) {
        TrainingsSnapshot training = report.trainings();
        JsonArray trainings = new JsonArray();
        for (TrainingRecord record : training.snapshot().trainings()) {
            JsonObject json = TrainingJson.training(record, training.forecast(record), report.carbon());
            LearningCurve.of(record)
                    .ifPresent(curve -> json.add("curve", TrainingJson.curve(curve, Integer.MAX_VALUE)));
            trainings.add(json);
        }
        line.add("trainings", trainings);
        line.addProperty("trainings_forgotten", training.snapshot().forgotten());
        line.addProperty("boundaries_dropped", training.snapshot().dropped());
        line.add("windows", TrainingJson.windows(training.windows()));
    }

    private static JsonObject figures(String type, RunSnapshot report, Instant at) {
        JsonObject line = new JsonObject();
        line.addProperty("type", type);
        addFigures(line, report, at);
        return line;
    }

    /** What a run has used until now. */
    static void addFigures(JsonObject line, RunSnapshot report, Instant at) {
        line.addProperty("at", at.toString());
        line.addProperty("elapsed_seconds", report.wallNanos() / NANOS_PER_SECOND);
        if (!report.unanswered().isEmpty()) {
            JsonArray unanswered = new JsonArray();
            report.unanswered().forEach(source -> unanswered.add(unanswered(source)));
            line.add("unanswered", unanswered);
        }
        line.add("microjoules", byDevice(report.devices()));
        if (!report.others().isEmpty()) {
            line.add("others_microjoules", byDevice(report.others()));
        }
        JsonObject byQuality = new JsonObject();
        report.microjoulesByQuality().forEach((quality, sum) -> byQuality.addProperty(quality.tag(), sum));
        line.add("microjoules_by_quality", byQuality);
        if (!report.processMicrojoules().isEmpty()) {
            JsonObject process = new JsonObject();
            report.processMicrojoules().forEach((component, sums) -> {
                JsonObject qualities = new JsonObject();
                sums.forEach((quality, sum) -> qualities.addProperty(quality.tag(), sum));
                process.add(component.tag(), qualities);
            });
            line.add("process_microjoules", process);
        }
        if (!report.iterations().isEmpty()) {
            JsonObject iterations = new JsonObject();
            report.iterations().forEach((framework, count) -> iterations.addProperty(framework.tag(), count));
            line.add("iterations", iterations);
        }
        line.addProperty("co2e_grams", report.carbon().gramsCo2e(report.microjoules()));
        line.add("phases", TrainingJson.phases(report.trainings().snapshot().phases()));
        report.trainings().budget().ifPresent(state -> line.add("budget", TrainingJson.budget(state)));
        if (!report.trainings().unmetered().isEmpty()) {
            JsonArray unmetered = new JsonArray();
            report.trainings().unmetered().forEach(unmetered::add);
            line.add(UNMETERED, unmetered);
        }
    }

    private static JsonObject unanswered(UnansweredSource source) {
        JsonObject json = new JsonObject();
        json.addProperty("source", source.source());
        json.addProperty("seconds", source.nanos() / NANOS_PER_SECOND);
        JsonArray devices = new JsonArray();
        source.devices().forEach(devices::add);
        json.add("devices", devices);
        json.addProperty("remedy", source.remedy());
        return json;
    }

    /** A device that was metered in two ways, one after the other, is one device here. */
    private static JsonObject byDevice(List<DeviceSnapshot> devices) {
        Map<String, Long> sums = new LinkedHashMap<>();
        devices.forEach(device -> sums.merge(device.domain().device(), device.microjoules(), Long::sum));
        JsonObject energy = new JsonObject();
        sums.forEach(energy::addProperty);
        return energy;
    }

    static JsonObject carbon(CarbonSettings carbon) {
        CarbonIntensity intensity = carbon.intensity();
        JsonObject json = new JsonObject();
        json.addProperty("grams_per_kwh", intensity.gramsPerKwh());
        json.addProperty("zone", intensity.zone());
        if (intensity.year() != 0) {
            json.addProperty("year", intensity.year());
        }
        json.addProperty("kind", intensity.kind().tag());
        json.addProperty("basis", intensity.basis().tag());
        json.addProperty("source", intensity.source());
        json.addProperty("pue", carbon.pue());
        return json;
    }

    /** What a domain is. */
    public static JsonObject domain(EnergyDomain domain) {
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

    static JsonObject device(DeviceSnapshot device) {
        JsonObject json = domain(device.domain());
        json.addProperty("microjoules", device.microjoules());
        json.addProperty("first_reading", MICROS.format(device.firstReading()));
        json.addProperty("last_reading", MICROS.format(device.lastReading()));
        if (device.averageMicrowatts() != DomainMeter.UNKNOWN) {
            json.addProperty("average_microwatts", device.averageMicrowatts());
        }
        if (device.peakMicrowatts() != DomainMeter.UNKNOWN) {
            json.addProperty("peak_microwatts", device.peakMicrowatts());
        }
        json.addProperty("covered_seconds", device.coveredNanos() / NANOS_PER_SECOND);
        json.addProperty("gaps", device.gaps());
        json.addProperty("gap_seconds", device.gapNanos() / NANOS_PER_SECOND);
        json.addProperty("interpolated_microjoules", device.interpolatedMicrojoules());
        json.addProperty("read_errors", device.errors());
        json.addProperty("rejected_readings", device.rejected());
        device.suspicion().ifPresent(suspicion -> {
            json.addProperty("suspect", MICROS.format(suspicion.when()));
            json.addProperty("suspect_reason", suspicion.reason());
        });
        device.loss().ifPresent(loss -> {
            json.addProperty("lost", MICROS.format(loss.when()));
            json.addProperty("lost_reason", loss.reason());
        });
        device.check().ifPresent(check -> {
            json.addProperty("crosscheck_ratio", check.ratio());
            json.addProperty("crosscheck_seconds", check.nanos() / NANOS_PER_SECOND);
        });
        device.share().ifPresent(share -> {
            json.addProperty("use", share.use().name().toLowerCase(Locale.ROOT));
            json.addProperty("use_rule", share.rule());
            json.addProperty("process_microjoules", share.microjoules());
        });
        return json;
    }
}
