/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.attribution;

import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.Phase;
import dev.wattle.core.boundary.SaturatingMath;
import dev.wattle.core.energy.EnergySums;
import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.IntensityPart;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An epoch that has started and not ended. For the thread that follows. */
final class OpenEpoch {

    /** The metric that replaces the mean of the iterations' losses where a framework reports it. */
    private static final String LOSS = "loss";

    private static final int MAX_METRICS = 16;

    private final long startNanos;
    private final DomainSums microjoules = new DomainSums();
    private final DomainSums insideMicrojoules = new DomainSums();
    private final Map<String, Double> metrics = new LinkedHashMap<>();

    /** Its energy at the carbon intensities that no longer apply. */
    private final List<IntensityPart> parts = new ArrayList<>(0);

    private long partsMicrojoules;
    private long validationMicrojoules;
    private long samples;
    private double meanLoss;
    private long losses;
    long iterations;
    boolean shared;
    boolean incomplete;

    /** Whether it is an epoch only if its end is reported. */
    boolean tentative;

    OpenEpoch(long startNanos) {
        this.startNanos = startNanos;
    }

    void charge(Phase phase, int domain, long charged) {
        microjoules.add(domain, charged);
        if (phase == Phase.VALIDATION) {
            validationMicrojoules += charged;
        }
    }

    /** Energy was allocated to a training inside the epoch. */
    void chargeInside(int domain, long charged) {
        insideMicrojoules.add(domain, charged);
    }

    /** The energy allocated to the epoch itself. */
    long microjoules() {
        return microjoules.total();
    }

    /**
     * The carbon intensity changes; the energies are complete until now.
     *
     * @param step the number of the intensity that ends
     */
    void endIntensity(int step) {
        long sum = microjoules.total() + insideMicrojoules.total();
        if (sum > partsMicrojoules) {
            parts.add(new IntensityPart(step, sum - partsMicrojoules));
            partsMicrojoules = sum;
        }
    }

    /** @param reportsLoss whether the framework always reports the loss, so that NaN is its value and not a missing one */
    void iteration(long batch, double loss, boolean reportsLoss) {
        iterations++;
        samples = SaturatingMath.add(samples, batch);
        if (!Double.isNaN(loss) || reportsLoss) {
            losses++;
            if (losses == 1 || !Double.isFinite(loss) && Double.isFinite(meanLoss)) {
                meanLoss = loss;
            } else if (Double.isFinite(meanLoss)) {
                // A mean that is not finite stays so.
                meanLoss += loss / losses - meanLoss / losses;
            }
        }
    }

    void metric(String name, double value) {
        if (metrics.size() < MAX_METRICS || metrics.containsKey(name)) {
            metrics.put(name, value);
        }
    }

    EpochRecord ended(
            int training,
            Framework framework,
            int number,
            long endNanos,
            long sinceLastMicrojoules,
            int intensityStep,
            EpochContext context) {
        endIntensity(intensityStep);
        Map<String, Double> figures = new LinkedHashMap<>(metrics);
        Double reported = figures.remove(LOSS);
        double mean = losses == 0 ? Double.NaN : meanLoss;
        long nanos = Math.max(0, endNanos - startNanos);
        return new EpochRecord(
                training,
                framework,
                number,
                number,
                context.dateOf(startNanos),
                startNanos,
                nanos,
                context.byDomain(microjoules.plus(insideMicrojoules)),
                EnergySums.total(context.byDomain(insideMicrojoules.all())),
                validationMicrojoules,
                sinceLastMicrojoules,
                iterations,
                samples,
                reported == null ? mean : reported,
                Collections.unmodifiableMap(figures),
                !context.resolves(nanos),
                shared,
                incomplete || context.isBeforeMetering(startNanos),
                intensityStep == 0 ? List.of() : List.copyOf(parts));
    }

    /** The record with a metric that came late. */
    static EpochRecord with(EpochRecord epoch, String name, double value) {
        Map<String, Double> figures = new LinkedHashMap<>(epoch.metrics());
        if (!name.equals(LOSS) && (figures.size() < MAX_METRICS || figures.containsKey(name))) {
            figures.put(name, value);
        }
        return new EpochRecord(
                epoch.training(),
                epoch.framework(),
                epoch.first(),
                epoch.last(),
                epoch.started(),
                epoch.startNanos(),
                epoch.nanos(),
                epoch.microjoules(),
                epoch.insideMicrojoules(),
                epoch.validationMicrojoules(),
                epoch.sinceLastMicrojoules(),
                epoch.iterations(),
                epoch.samples(),
                name.equals(LOSS) ? value : epoch.loss(),
                Collections.unmodifiableMap(figures),
                epoch.belowResolution(),
                epoch.shared(),
                epoch.incomplete(),
                epoch.intensityParts());
    }
}
