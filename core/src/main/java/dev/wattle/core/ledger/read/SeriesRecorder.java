/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.read;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Collects the energies of a run's checkpoints, at most {@value #MAX_POINTS} of them: where there are more, every other one
 * is dropped, and then only every other new one is kept. Not thread-safe.
 */
final class SeriesRecorder {

    static final int MAX_POINTS = 512;

    private record Point(double seconds, Map<String, Long> microjoules) {}

    private List<Point> points = new ArrayList<>();
    private long offered;
    private long keepEvery = 1;
    private double latest;

    /** Adds the cumulative energies of a moment; does nothing where it is not later than the latest. */
    void add(double seconds, Map<String, Long> microjoules) {
        if (seconds <= latest) {
            return;
        }
        latest = seconds;
        if (offered++ % keepEvery == 0) {
            points.add(new Point(seconds, microjoules));
        }
        if (points.size() >= MAX_POINTS) {
            List<Point> half = new ArrayList<>();
            for (int i = 0; i < points.size(); i += 2) {
                half.add(points.get(i));
            }
            points = half;
            keepEvery *= 2;
        }
    }

    /** From the start of the run, where all energies are 0, to its end, which no energy exceeds. */
    EnergySeries toSeries(double endSeconds, Map<String, Long> end) {
        List<Double> seconds = new ArrayList<>();
        seconds.add(0.0);
        List<Point> kept = new ArrayList<>();
        for (Point point : points) {
            if (point.seconds < endSeconds) {
                kept.add(point);
                seconds.add(point.seconds);
            }
        }
        if (endSeconds > 0) {
            kept.add(new Point(endSeconds, end));
            seconds.add(endSeconds);
        }
        Set<String> devices = new LinkedHashSet<>(end.keySet());
        Map<String, List<Long>> energies = new LinkedHashMap<>();
        for (String device : devices) {
            long last = end.getOrDefault(device, 0L);
            List<Long> cumulative = new ArrayList<>();
            long before = 0;
            cumulative.add(before);
            for (Point point : kept) {
                before = Math.max(before, Math.min(last, point.microjoules.getOrDefault(device, before)));
                cumulative.add(before);
            }
            energies.put(device, cumulative);
        }
        return new EnergySeries(seconds, energies);
    }
}
