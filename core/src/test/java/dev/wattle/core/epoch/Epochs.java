/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.epoch;

import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.Phase;
import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.probe.Scope;
import dev.wattle.core.probe.Sensor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Builds the epochs of a training one after the other: the energy, duration and metrics of each. */
public final class Epochs {
    public static final long SECOND = 1_000_000_000L;
    public static final long JOULE = 1_000_000L;
    public static final Instant BEGAN = Instant.parse("2026-03-01T12:00:10Z");
    public static final EnergyDomain BOARD = domain(Component.GPU, "gpu-0", Quality.COUNTER);
    public static final EnergyDomain PROCESSOR = domain(Component.CPU, "cpu", Quality.MODELLED);

    private static final long BEGIN_NANOS = -7 * SECOND;

    private final int training;
    private final List<EpochRecord> epochs = new ArrayList<>();
    private long nowNanos = BEGIN_NANOS;

    public Epochs(int training) {
        this.training = training;
    }

    private static EnergyDomain domain(Component component, String device, Quality quality) {
        return new EnergyDomain(component, device, device, "", quality, Scope.MACHINE, "here", new Sensor.Counter(0));
    }

    /** Epochs of one second each, with these energies in joules. */
    public static List<EpochRecord> of(double... joules) {
        Epochs epochs = new Epochs(1);
        for (double each : joules) {
            epochs.add(each, 1, Double.NaN, Map.of());
        }
        return epochs.list();
    }

    /** Epochs of 100 J each, with one metric. */
    public static List<EpochRecord> judged(String metric, double... values) {
        Epochs epochs = new Epochs(1);
        for (double value : values) {
            epochs.add(100, 1, Double.NaN, Map.of(metric, value));
        }
        return epochs.list();
    }

    public Epochs add(double joules, double seconds, double loss, Map<String, Double> metrics) {
        return add(1, joules, seconds, loss, metrics, 0);
    }

    /** Three quarters of the energy are the board's. */
    /** An epoch of a second, of which some of the energy was not metered. */
    public Epochs lacking(double joules) {
        return add(1, joules, 1, Double.NaN, Map.of(), 0, true);
    }

    public Epochs add(
            int count,
            double joules,
            double seconds,
            double loss,
            Map<String, Double> metrics,
            double joulesSinceLast) {
        return add(count, joules, seconds, loss, metrics, joulesSinceLast, false);
    }

    private Epochs add(
            int count,
            double joules,
            double seconds,
            double loss,
            Map<String, Double> metrics,
            double joulesSinceLast,
            boolean incomplete) {
        int first = epochs.isEmpty() ? 1 : epochs.get(epochs.size() - 1).last() + 1;
        long microjoules = Math.round(joules * JOULE);
        long nanos = Math.round(seconds * SECOND);
        epochs.add(new EpochRecord(
                training,
                Framework.DL4J,
                first,
                first + count - 1,
                BEGAN.plusNanos(nowNanos - BEGIN_NANOS),
                nowNanos,
                nanos,
                Map.of(BOARD, microjoules - microjoules / 4, PROCESSOR, microjoules / 4),
                0,
                microjoules / 10,
                Math.round(joulesSinceLast * JOULE),
                30L * count,
                1_500L * count,
                loss,
                metrics,
                seconds < 0.2,
                false,
                incomplete,
                List.of()));
        nowNanos += nanos;
        return this;
    }

    /** Time passes between two epochs. */
    public Epochs pause(double seconds) {
        nowNanos += Math.round(seconds * SECOND);
        return this;
    }

    public List<EpochRecord> list() {
        return List.copyOf(epochs);
    }

    /** The training with these epochs. */
    public static TrainingRecord training(List<EpochRecord> epochs, int planned) {
        return training(epochs, planned, Map.of());
    }

    static TrainingRecord training(List<EpochRecord> epochs, int planned, Map<String, Integer> corners) {
        int done = epochs.isEmpty() ? 0 : epochs.get(epochs.size() - 1).last();
        int number = epochs.isEmpty() ? 1 : epochs.get(0).training();
        long used = epochs.stream().mapToLong(EpochRecord::cycleMicrojoules).sum();
        return new TrainingRecord(
                number,
                Framework.DL4J,
                "",
                planned,
                BEGAN,
                epochs,
                done,
                30L * done,
                1_500L * done,
                0,
                corners,
                Map.of(Phase.TRAIN, used - used / 10, Phase.VALIDATION, used / 10),
                0,
                Set.of(BOARD, PROCESSOR),
                false,
                true,
                false,
                ReportedWork.NONE);
    }
}
