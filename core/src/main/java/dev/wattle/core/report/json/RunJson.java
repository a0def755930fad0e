/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.epoch.LearningCurve;
import dev.wattle.core.epoch.TrainingRecord;
import dev.wattle.core.ledger.RunIdentity;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.snapshot.DeviceSnapshot;
import dev.wattle.core.snapshot.RunSnapshot;
import dev.wattle.core.snapshot.TrainingsSnapshot;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;

/**
 * The lines of a journal about the run as a whole: {@code run} at its start, {@code checkpoint} during it, {@code summary} at
 * its end. {@link JournalLines} adds the lines between them.
 *
 * <p>Energies are whole microjoules since the run started, times are UTC. A device's energy is that of the time from its
 * {@code first_reading} to its {@code last_reading}, to the microsecond. A checkpoint has totals, not differences: the last one
 * that can be read describes the run.
 */
public final class RunJson {

    private static final int SCHEMA = 1;

    /** The field with the address of the live page, in checkpoints. */
    public static final String PAGE = "page";

    /** The field with a sentence for each framework in the JVM that is not metered. */
    public static final String UNMETERED = "unmetered";

    /** With six decimals always: {@code Instant.toString} leaves out groups of zeros. */
    static final DateTimeFormatter MICROS =
            new DateTimeFormatterBuilder().appendInstant(6).toFormatter(Locale.ROOT);

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
        run.user().ifPresent(user -> line.addProperty("user", user));
        run.boot().ifPresent(boot -> line.addProperty("boot", boot));
        line.addProperty("pid", run.pid());
        line.addProperty("java", run.java());
        line.addProperty("wattle", run.wattle());
        line.add("carbon", IntensityJson.of(carbon));
        JsonArray devices = new JsonArray();
        for (EnergyDomain domain : domains) {
            devices.add(DeviceJson.of(domain));
        }
        line.add("devices", devices);
        return line;
    }

    /** A line for a domain that joined after the first line. */
    public static JsonObject joined(EnergyDomain domain, Instant at) {
        JsonObject line = new JsonObject();
        line.addProperty("type", "device");
        line.addProperty("at", at.toString());
        DeviceJson.of(domain).asMap().forEach(line::add);
        return line;
    }

    /** A line during the run. */
    public static JsonObject checkpoint(RunSnapshot run, Instant at) {
        return figures("checkpoint", run, at);
    }

    /** The last line of a run that ended in order. */
    public static JsonObject summary(RunSnapshot run, Instant at) {
        JsonObject line = figures("summary", run, at);
        line.addProperty("kwh", EnergyUnits.kwh(run.microjoules()));
        line.add("carbon", carbon(run));
        JsonArray devices = new JsonArray();
        for (DeviceSnapshot device : run.devices()) {
            devices.add(DeviceJson.of(device));
        }
        line.add("devices", devices);
        if (!run.others().isEmpty()) {
            JsonArray others = new JsonArray();
            run.others().forEach(device -> others.add(DeviceJson.of(device)));
            line.add("others", others);
        }
        JsonObject meter = new JsonObject();
        if (run.meterCpuNanos() >= 0) {
            meter.addProperty("cpu_seconds", EnergyUnits.seconds(run.meterCpuNanos()));
        }
        if (run.meterStartCpuNanos() >= 0) {
            meter.addProperty("start_cpu_seconds", EnergyUnits.seconds(run.meterStartCpuNanos()));
        }
        meter.addProperty("ticks", run.ticks());
        meter.addProperty("missed_ticks", run.missedTicks());
        meter.addProperty("interval_ms", run.periodNanos() / 1e6);
        line.add("meter", meter);
        addTrainings(line, run);
        return line;
    }

    private static void addTrainings(JsonObject line, RunSnapshot run) {
        TrainingsSnapshot training = run.trainings();
        JsonArray trainings = new JsonArray();
        for (TrainingRecord record : training.snapshot().trainings()) {
            JsonObject json = TrainingJson.of(record, training.forecast(record), run.carbon());
            LearningCurve.of(record)
                    .ifPresent(curve -> json.add("curve", TrainingJson.curve(curve, Integer.MAX_VALUE)));
            trainings.add(json);
        }
        line.add("trainings", trainings);
        line.addProperty("trainings_forgotten", training.snapshot().forgotten());
        line.addProperty("boundaries_dropped", training.snapshot().dropped());
        line.add("windows", EpochJson.windows(training.windows()));
    }

    private static JsonObject figures(String type, RunSnapshot run, Instant at) {
        JsonObject line = new JsonObject();
        line.addProperty("type", type);
        RunFigures.addTo(line, run, at);
        return line;
    }

    /** The run's carbon intensity: with several, the one that gives its CO2e, and the latest. */
    static JsonObject carbon(RunSnapshot run) {
        JsonObject json = IntensityJson.of(run.carbon());
        if (!run.carbon().history().isConstant() && run.microjoules() > 0) {
            double mean = run.gramsCo2e()
                    / (EnergyUnits.kwh(run.microjoules()) * run.carbon().pue());
            json.addProperty("grams_per_kwh", mean);
            json.addProperty("latest_grams_per_kwh", run.carbon().intensity().gramsPerKwh());
        }
        return json;
    }
}
