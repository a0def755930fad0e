/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.training;

import dev.wattle.agent.host.program.RecordedTraining;
import dev.wattle.core.boundary.Boundary;
import dev.wattle.core.boundary.Framework;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the bridge was told of a training, as {@link RecordedTraining} wrote it down. */
record Told(List<Line> lines) {

    /** One call of the bridge. */
    record Line(
            Framework framework, Boundary boundary, int subject, long thread, long size, double value, String name) {}

    static Told read(Path file) {
        try {
            return new Told(Files.readAllLines(file).stream().map(Told::line).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Line line(String text) {
        String[] words = text.split(" ", -1);
        int event = Integer.parseInt(words[0]);
        return new Line(
                Boundary.frameworkOf(event),
                Boundary.ofEvent(event),
                Integer.parseInt(words[1]),
                Long.parseLong(words[2]),
                Long.parseLong(words[3]),
                Double.parseDouble(words[4]),
                words[5]);
    }

    Stream<Line> of(Boundary boundary) {
        return lines.stream().filter(line -> line.boundary == boundary);
    }

    long count(Boundary boundary) {
        return of(boundary).count();
    }

    long sizes(Boundary boundary) {
        return of(boundary).mapToLong(Line::size).sum();
    }

    long failed(Boundary boundary) {
        return of(boundary).filter(line -> line.size == Boundary.FAILED).count();
    }

    /** The latest of each figure. */
    Map<String, Double> figures() {
        Map<String, Double> figures = new TreeMap<>();
        of(Boundary.METRIC).forEach(line -> figures.put(line.name, line.value));
        return figures;
    }

    /** Epochs by begins and ends that are outermost for their subject and did not fail. */
    long epochs() {
        Map<Integer, Integer> depths = new HashMap<>();
        long epochs = 0;
        for (Line line : lines) {
            if (line.boundary == Boundary.EPOCH_START) {
                depths.merge(line.subject, 1, Integer::sum);
            } else if (line.boundary == Boundary.EPOCH_END
                    && depths.merge(line.subject, -1, Integer::sum) == 0
                    && line.size != Boundary.FAILED) {
                epochs++;
            }
        }
        return epochs;
    }

    /** Passes of a trainer over data in which it made a step, outside of validation. */
    long trainingPasses() {
        long passes = 0;
        Map<Integer, Boolean> counted = new HashMap<>();
        for (Line line : lines) {
            if (line.boundary == Boundary.PASS_START) {
                counted.put(line.subject, false);
            } else if (line.boundary == Boundary.ITERATION && Boolean.FALSE.equals(counted.put(line.subject, true))) {
                passes++;
            }
        }
        return passes;
    }

    /** Samples of iterations: their own, or those of the batch that was last fetched on their thread. */
    long samples() {
        Map<Long, Long> fetched = new HashMap<>();
        long samples = 0;
        for (Line line : lines) {
            if (line.boundary == Boundary.FETCH) {
                fetched.put(line.thread, line.size);
            } else if (line.boundary == Boundary.ITERATION) {
                samples += line.size == Boundary.UNKNOWN ? fetched.getOrDefault(line.thread, 0L) : line.size;
            }
        }
        return samples;
    }

    /** Begins without an end or the other way round, by subject and thread; none where all is well. */
    List<String> unmatched() {
        List<String> unmatched = new ArrayList<>();
        for (Boundary begin : List.of(
                Boundary.RUN_START, Boundary.EPOCH_START, Boundary.VALIDATION_START, Boundary.INFERENCE_START)) {
            Boundary end = Boundary.values()[begin.ordinal() + 1];
            Map<String, Long> begins = byPlace(begin);
            Map<String, Long> ends = byPlace(end);
            if (!begins.equals(ends)) {
                unmatched.add(begin + " " + begins + ", " + end + " " + ends);
            }
        }
        return unmatched;
    }

    private Map<String, Long> byPlace(Boundary boundary) {
        return of(boundary)
                .collect(Collectors.groupingBy(line -> line.subject + "@" + line.thread, Collectors.counting()));
    }
}
