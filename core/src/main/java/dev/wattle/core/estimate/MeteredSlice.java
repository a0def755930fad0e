/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.estimate;

import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.forecast.PredictionInterval;
import dev.wattle.core.ledger.read.RecordedDevice;
import dev.wattle.core.ledger.read.RecordedEpoch;
import dev.wattle.core.ledger.read.RecordedRun;
import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.Quality;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A metered run from which larger ones are estimated: the epochs of the training that used most of its energy, and the rest of the
 * run. Immutable.
 *
 * <p>The energy of m epochs is m times the mean of the recorded epochs without the first, which is often dearer and keeps its
 * own energy; with fewer than three epochs the first counts like the others. The rest of the run counts once. This is how a
 * projection is made, and it has the same range, the 95 % prediction interval of {@link PredictionInterval}.
 */
public final class MeteredSlice {

    /** Half the range of a model, relative (Fischer, arXiv 2509.22092, 2025). */
    static final double MODEL_ERROR = 0.40;

    /** What NVIDIA states for its sensors, relative; see docs/accuracy.md. */
    static final double GPU_ERROR = 0.05;

    /** As many epochs are needed to leave out the first. */
    private static final int WITHOUT_FIRST = 3;

    private final RecordedRun run;
    private final List<RecordedEpoch> epochs;
    private final long epochCount;
    private final long samples;
    private final double epochMicrojoules;

    /**
     * A run as the base.
     *
     * @param recorded its epochs, as its journal has them
     */
    public MeteredSlice(RecordedRun run, List<RecordedEpoch> recorded) {
        this.run = run;
        epochs = ofLargestTraining(recorded);
        long count = 0;
        long seen = 0;
        double energy = 0;
        for (RecordedEpoch epoch : epochs) {
            count += count(epoch);
            seen += epoch.samples();
            energy += energy(epoch);
        }
        epochCount = count;
        samples = seen;
        epochMicrojoules = Math.min(energy, run.microjoules());
    }

    private static List<RecordedEpoch> ofLargestTraining(List<RecordedEpoch> recorded) {
        Map<Integer, Double> energies = new HashMap<>();
        recorded.forEach(epoch -> energies.merge(epoch.training(), energy(epoch), Double::sum));
        return energies.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(largest -> recorded.stream()
                        .filter(epoch -> epoch.training() == largest.getKey())
                        .sorted(Comparator.comparingLong(RecordedEpoch::first))
                        .toList())
                .orElse(List.of());
    }

    private static long count(RecordedEpoch epoch) {
        return Math.max(1, epoch.last() - epoch.first() + 1);
    }

    private static double energy(RecordedEpoch epoch) {
        return (double) epoch.microjoules() + epoch.sinceLastMicrojoules();
    }

    /** The run. */
    public RecordedRun run() {
        return run;
    }

    /** The number of recorded epochs of the training; 0 where the journal has none. */
    public long epochs() {
        return epochCount;
    }

    /** The samples that these epochs have seen; 0 where that is unknown. */
    public long samples() {
        return samples;
    }

    /** The accelerators that used energy in the run. */
    public Set<String> gpus() {
        return run.devices().stream()
                .filter(device -> device.component().equals(Component.GPU.tag()))
                .map(RecordedDevice::device)
                .filter(device -> run.totals().microjoules().getOrDefault(device, 0L) > 0)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The qualities of its energy, in words: {@code counter}, or {@code modelled 60 %, counter 40 %}. */
    public String quality() {
        Map<String, Long> sums = run.totals().microjoulesByQuality();
        long all = run.microjoules();
        List<Map.Entry<String, Long>> present = sums.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .toList();
        return present.size() == 1
                ? present.get(0).getKey()
                : present.stream()
                        .map(entry -> entry.getKey() + " " + Plain.percent((double) entry.getValue() / all))
                        .collect(Collectors.joining(", "));
    }

    /** Whether a part of its energy is modelled. */
    public boolean isModelled() {
        return run.totals().microjoulesByQuality().getOrDefault(Quality.MODELLED.tag(), 0L) > 0;
    }

    /** The stated error of its energy, relative: of models and of GPU sensors; 0 for processor counters, which have none. */
    public double statedError() {
        double error = 0;
        for (Map.Entry<String, Long> energy : run.totals().microjoules().entrySet()) {
            error += energy.getValue() * statedError(energy.getKey());
        }
        return run.microjoules() == 0 ? 0 : error / run.microjoules();
    }

    private double statedError(String device) {
        double largest = 0;
        for (RecordedDevice source : run.devices()) {
            if (source.device().equals(device)) {
                boolean modelled = source.quality().equals(Quality.MODELLED.tag());
                boolean gpu = source.component().equals(Component.GPU.tag());
                largest = Math.max(largest, modelled ? MODEL_ERROR : gpu ? GPU_ERROR : 0);
            }
        }
        return largest;
    }

    /** The energy of the run outside the epochs, in kWh: its start, its end, and other trainings. */
    public double outsideKwh() {
        return (run.microjoules() - epochMicrojoules) / EnergyUnits.MICROJOULES_PER_KWH;
    }

    /** The mean energy of an epoch that others are estimated by, in kWh; NaN without epochs. */
    public double epochKwh() {
        double energy = 0;
        long count = 0;
        for (RecordedEpoch epoch : typical()) {
            energy += energy(epoch);
            count += count(epoch);
        }
        return energy / count / EnergyUnits.MICROJOULES_PER_KWH;
    }

    private List<RecordedEpoch> typical() {
        return epochs.size() >= WITHOUT_FIRST ? epochs.subList(1, epochs.size()) : epochs;
    }

    /**
     * The energy of a number of runs, each of a number of epochs, in kWh.
     *
     * @param epochsEach of one run, as {@link #epochs} where they are as the recorded one
     * @param times the number of runs
     */
    public Range kwh(double epochsEach, double times) {
        double recorded = EnergyUnits.kwh(run.microjoules());
        double expected = recorded;
        double spread = 0;
        if (epochCount > 0) {
            double total = epochsEach * times;
            PredictionInterval interval = new PredictionInterval();
            for (RecordedEpoch epoch : typical()) {
                interval.add((int) Math.min(Integer.MAX_VALUE, count(epoch)), energy(epoch));
            }
            expected = recorded + (epochsEach - epochCount) * epochKwh();
            double margin = interval.after(0, total).margin() / EnergyUnits.MICROJOULES_PER_KWH;
            spread = Double.isNaN(margin) ? 0 : margin;
        }
        double sum = Math.max(0, expected) * times;
        double margin = Math.max(spread, statedError() * sum);
        return new Range(sum, Math.max(0, sum - margin), sum + margin);
    }

    /** Whether the range of these epochs is that of their spread, and not that of the stated error. */
    public boolean isSpreadWider(Range kwh) {
        return kwh.high() - kwh.expected() > statedError() * kwh.expected() * 1.000001;
    }
}
