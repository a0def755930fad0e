/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.epoch;

import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.SaturatingMath;
import dev.wattle.core.energy.EnergySums;
import dev.wattle.core.probe.EnergyDomain;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One epoch of a training and its energy.
 *
 * <p>Energies are microjoules of this run's domains between the start and the end of the epoch, as far as they are the
 * training's: trainings that are active at the same time share them equally. In a training of very many epochs, old ones are
 * merged; a record is then about several.
 *
 * @param training the number of the training, from 1
 * @param first the number of the first epoch, from 1
 * @param last the number of the last epoch; the same for a single one
 * @param started when it started
 * @param startNanos the same on {@link System#nanoTime()}
 * @param nanos how long it took, the time between merged epochs included
 * @param microjoules its energy by domain
 * @param insideMicrojoules how much of that was used by trainings inside the epoch, such as a framework's fit inside an
 *     epoch of the program; it is in their figures too, so do not add it to them
 * @param validationMicrojoules how much of that went into validation
 * @param sinceLastMicrojoules what the training used between the end of the epoch before and the start of this one, in
 *     the energy of no epoch
 * @param iterations updates of the weights
 * @param samples the samples of their batches, as far as known
 * @param loss the mean loss of its iterations, or what the framework calls the epoch's loss; NaN where not known
 * @param metrics metrics by name, the latest value of each
 * @param belowResolution whether it was shorter than two steps of the slowest sensor, so that its energy is mainly
 *     interpolated
 * @param shared whether another training, or another epoch of this one, was active at the same time
 * @param incomplete whether some of its boundaries were lost, or some of its time was not metered: its figures may be off
 * @param intensityParts its energy by the carbon intensity that applied, in order; empty where that was the run's first one
 */
public record EpochRecord(
        int training,
        Framework framework,
        int first,
        int last,
        Instant started,
        long startNanos,
        long nanos,
        Map<EnergyDomain, Long> microjoules,
        long insideMicrojoules,
        long validationMicrojoules,
        long sinceLastMicrojoules,
        long iterations,
        long samples,
        double loss,
        Map<String, Double> metrics,
        boolean belowResolution,
        boolean shared,
        boolean incomplete,
        List<IntensityPart> intensityParts) {

    /** How many epochs this is. */
    public int epochs() {
        return last - first + 1;
    }

    /** Its energy over all domains, in microjoules. */
    public long totalMicrojoules() {
        return EnergySums.total(microjoules);
    }

    /** What the training used from the end of the epoch before to this one's end, in microjoules. */
    public long cycleMicrojoules() {
        return totalMicrojoules() + sinceLastMicrojoules;
    }

    /** When it ended, on {@link System#nanoTime()}. */
    public long endNanos() {
        return startNanos + nanos;
    }

    /** Merges this and the next of the same training. The time between them counts; the energy between them counts before. */
    public EpochRecord and(EpochRecord next) {
        Map<EnergyDomain, Long> sums = new LinkedHashMap<>(microjoules);
        EnergySums.add(sums, next.microjoules);
        Map<String, Double> latest = new LinkedHashMap<>(metrics);
        latest.putAll(next.metrics);
        return new EpochRecord(
                training,
                framework,
                first,
                next.last,
                started,
                startNanos,
                next.endNanos() - startNanos,
                sums,
                insideMicrojoules + next.insideMicrojoules,
                validationMicrojoules + next.validationMicrojoules,
                sinceLastMicrojoules + next.sinceLastMicrojoules,
                iterations + next.iterations,
                SaturatingMath.add(samples, next.samples),
                next.loss,
                latest,
                belowResolution && next.belowResolution,
                shared || next.shared,
                incomplete || next.incomplete,
                IntensityPart.merge(this, next));
    }
}
