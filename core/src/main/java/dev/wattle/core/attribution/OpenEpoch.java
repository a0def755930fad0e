/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.attribution;

import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.Phase;
import dev.wattle.core.boundary.SaturatingMath;
import dev.wattle.core.energy.EnergySums;
import dev.wattle.core.epoch.EpochRecord;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** An epoch while it goes on. For the thread that follows. */
final class OpenEpoch {

    /** The figure of merit that stands for the mean of the iterations' losses where a framework tells it. */
    private static final String LOSS = "loss";

    private static final int MOST_METRICS = 16;

    private final long beginNanos;
    private final DomainSums microjoules = new DomainSums();
    private final DomainSums insideMicrojoules = new DomainSums();
    private final Map<String, Double> metrics = new LinkedHashMap<>();
    private long validationMicrojoules;
    private long samples;
    private double meanLoss;
    private long losses;
    long iterations;
    boolean shared;
    boolean incomplete;

    /** Whether only its end can tell that it was one. */
    boolean tentative;

    OpenEpoch(long beginNanos) {
        this.beginNanos = beginNanos;
    }

    void charge(Phase phase, int domain, long charged) {
        microjoules.add(domain, charged);
        if (phase == Phase.VALIDATION) {
            validationMicrojoules += charged;
        }
    }

    /** Energy that was dealt to a training inside of the epoch. */
    void chargeInside(int domain, long charged) {
        insideMicrojoules.add(domain, charged);
    }

    /** What was dealt to the epoch itself. */
    long microjoules() {
        return microjoules.total();
    }

    /** @param lossIsTold whether no number for the loss means that it is none, and not that nobody told it */
    void iteration(long batch, double loss, boolean lossIsTold) {
        iterations++;
        samples = SaturatingMath.add(samples, batch);
        if (!Double.isNaN(loss) || lossIsTold) {
            losses++;
            if (losses == 1 || !Double.isFinite(loss) && Double.isFinite(meanLoss)) {
                meanLoss = loss;
            } else if (Double.isFinite(meanLoss)) {
                // What has once been without bounds stays so.
                meanLoss += loss / losses - meanLoss / losses;
            }
        }
    }

    void metric(String name, double value) {
        if (metrics.size() < MOST_METRICS || metrics.containsKey(name)) {
            metrics.put(name, value);
        }
    }

    EpochRecord ended(
            int training,
            Framework framework,
            int number,
            long endNanos,
            long sinceLastMicrojoules,
            EpochContext frame) {
        Map<String, Double> merits = new LinkedHashMap<>(metrics);
        Double told = merits.remove(LOSS);
        double mean = losses == 0 ? Double.NaN : meanLoss;
        long nanos = Math.max(0, endNanos - beginNanos);
        return new EpochRecord(
                training,
                framework,
                number,
                number,
                frame.dateOf(beginNanos),
                beginNanos,
                nanos,
                frame.byDomain(microjoules.plus(insideMicrojoules)),
                EnergySums.total(frame.byDomain(insideMicrojoules.all())),
                validationMicrojoules,
                sinceLastMicrojoules,
                iterations,
                samples,
                told == null ? mean : told,
                Collections.unmodifiableMap(merits),
                !frame.resolves(nanos),
                shared,
                incomplete || frame.isBeforeMetering(beginNanos));
    }

    /** The record with a figure of merit that came late. */
    static EpochRecord with(EpochRecord epoch, String name, double value) {
        Map<String, Double> merits = new LinkedHashMap<>(epoch.metrics());
        if (!name.equals(LOSS) && (merits.size() < MOST_METRICS || merits.containsKey(name))) {
            merits.put(name, value);
        }
        return new EpochRecord(
                epoch.training(),
                epoch.framework(),
                epoch.first(),
                epoch.last(),
                epoch.began(),
                epoch.beginNanos(),
                epoch.nanos(),
                epoch.microjoules(),
                epoch.insideMicrojoules(),
                epoch.validationMicrojoules(),
                epoch.sinceLastMicrojoules(),
                epoch.iterations(),
                epoch.samples(),
                name.equals(LOSS) ? value : epoch.loss(),
                Collections.unmodifiableMap(merits),
                epoch.belowResolution(),
                epoch.shared(),
                epoch.incomplete());
    }
}
