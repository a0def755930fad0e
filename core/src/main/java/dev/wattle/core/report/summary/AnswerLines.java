/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.summary;

import dev.wattle.core.epoch.TrainingRecord;
import dev.wattle.core.impact.Equivalence;
import dev.wattle.core.impact.Equivalences;
import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.report.text.RunUnits;
import dev.wattle.core.snapshot.DeviceSnapshot;
import dev.wattle.core.snapshot.RunSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The four lines that a summary starts with: energy and CO2e; what emits as much; this JVM's part of it, GPUs and processors;
 * and what the end of the training was worth. Each ends with a line break.
 */
final class AnswerLines {

    private static final String INDENT = " ".repeat(8);
    /** The smallest mass that has an equivalence. */
    private static final double LEAST_GRAMS = 0.001;

    private static final String GAP = " ".repeat(4);
    private static final List<Component> COMPONENTS = List.of(Component.GPU, Component.CPU, Component.DRAM);

    private final RunSnapshot run;
    private final SummaryNotes notes;
    private final RunUnits units;

    AnswerLines(RunSnapshot run, SummaryNotes notes) {
        this.run = run;
        this.notes = notes;
        this.units = RunUnits.of(run);
    }

    /** The first three, which need no trainings. */
    String energy() {
        if (run.devices().isEmpty()) {
            return "wattle: energy unknown: no device could be read in this run\n";
        }
        double grams = run.gramsCo2e();
        StringBuilder text = new StringBuilder("wattle: ")
                .append(total())
                .append(run.microjoulesByQuality().size() == 1 ? INDENT : GAP)
                .append(units.co2e(grams))
                .append(" CO2e (")
                .append(CarbonText.brief(run))
                .append(")\n");
        like(grams)
                .ifPresent(
                        like -> text.append(INDENT).append("like ").append(like).append('\n'));
        return text.append(INDENT).append(parts()).append('\n').toString();
    }

    /** What emits as much, with source and year; empty where nothing was emitted. */
    private static Optional<String> like(double grams) {
        Equivalences things = Equivalences.bundled();
        if (grams > 0 && grams < LEAST_GRAMS) {
            return things.closest(LEAST_GRAMS).map(thing -> "less than " + thing.text());
        }
        return things.closest(grams).map(Equivalence::text);
    }

    /** The fourth. */
    String trainings() {
        List<TrainingRecord> trainings = run.trainings().snapshot().trainings();
        return INDENT + ProgressText.of(trainings) + "\n";
    }

    private String total() {
        String total = units.energy(run.microjoules()) + " (" + units.wattHours(run.microjoules()) + ")";
        Map<Quality, Long> sums = run.microjoulesByQuality();
        if (sums.size() == 1) {
            return total + ", " + quality(sums.keySet().iterator().next());
        }
        return total + ": "
                + sums.entrySet().stream()
                        .map(part -> units.energy(part.getValue()) + " " + quality(part.getKey()))
                        .collect(Collectors.joining(" + "));
    }

    private String quality(Quality quality) {
        return quality.tag()
                + (quality == Quality.MODELLED
                        ? notes.modelError().map(error -> " " + error).orElse("")
                        : "");
    }

    private String parts() {
        List<String> own = new ArrayList<>();
        List<String> machine = new ArrayList<>();
        for (Component component : COMPONENTS) {
            Map<Quality, Long> ownSums = run.processMicrojoules().getOrDefault(component, Map.of());
            if (!ownSums.isEmpty()) {
                own.add(energy(ownSums) + " (" + name(component) + qualities(ownSums, ", ", "") + ")");
            }
            Map<Quality, Long> sums = sums(component);
            if (!sums.isEmpty()) {
                machine.add(name(component) + " " + energy(sums) + qualities(sums, " (", ")"));
            } else if (component != Component.DRAM) {
                machine.add(name(component) + " none metered");
            }
        }
        return "this JVM's part " + (own.isEmpty() ? "not known" : String.join(" + ", own)) + "; "
                + String.join(", ", machine);
    }

    private Map<Quality, Long> sums(Component component) {
        Map<Quality, Long> sums = new TreeMap<>();
        for (DeviceSnapshot device : run.devices()) {
            if (device.domain().component() == component) {
                sums.merge(device.domain().quality(), device.microjoules(), Long::sum);
            }
        }
        return sums;
    }

    private String energy(Map<Quality, Long> sums) {
        return units.energy(sums.values().stream().mapToLong(Long::longValue).sum());
    }

    /** A sum over several qualities names them. */
    private static String qualities(Map<Quality, Long> sums, String before, String after) {
        return sums.size() == 1
                ? ""
                : sums.keySet().stream().map(Quality::tag).collect(Collectors.joining("+", before, after));
    }

    private static String name(Component component) {
        return component == Component.DRAM ? "memory" : component.name();
    }
}
