/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.snapshot;

import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.carbon.EmbodiedSettings;
import dev.wattle.core.carbon.EmissionBasis;
import dev.wattle.core.epoch.ReportedWork;
import dev.wattle.core.epoch.TrainingRecord;
import dev.wattle.core.impact.EmbodiedFigure;
import dev.wattle.core.impact.EmbodiedFigures;
import dev.wattle.core.impact.EmbodiedShare;
import dev.wattle.core.impact.SciScore;
import dev.wattle.core.probe.Component;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The SCI score of a run. Immutable. All energy of the run counts, also that outside its trainings.
 *
 * @param score of the run
 * @param epochs how many epochs have ended in all its trainings
 * @param samples of all iterations, as far as known
 * @param work the tokens and operations that the program reported
 */
public record RunSci(SciScore score, long epochs, long samples, ReportedWork work) {

    private static final double THOUSAND = 1_000;
    private static final double MILLION = 1e6;
    private static final double EXA = 1e18;

    /**
     * The score where the hardware's embodied emissions are given, or known for every accelerator of the run.
     *
     * @return empty where they are unknown, which is not zero, where no energy is known, and where a carbon intensity is marginal,
     *     which the specification's score is not
     */
    public static Optional<RunSci> of(RunSnapshot run) {
        if (run.devices().isEmpty() || isMarginal(run.carbon())) {
            return Optional.empty();
        }
        return embodied(run).map(embodied -> {
            List<TrainingRecord> trainings = run.trainings().snapshot().trainings();
            return new RunSci(
                    new SciScore(run.gramsCo2e(), embodied),
                    trainings.stream().mapToLong(TrainingRecord::epochsDone).sum(),
                    trainings.stream().mapToLong(TrainingRecord::samples).sum(),
                    work(trainings));
        });
    }

    /** Grams of CO2e an epoch; NaN before the first has ended. */
    public double gramsPerEpoch() {
        return score.gramsPer(epochs);
    }

    /** Grams of CO2e for 1,000 samples; NaN where no samples are known. */
    public double gramsPerThousandSamples() {
        return score.gramsPer(samples / THOUSAND);
    }

    /** Grams of CO2e for a million tokens; NaN where none were reported. */
    public double gramsPerMillionTokens() {
        return score.gramsPer(work.tokens() / MILLION);
    }

    /** Grams of CO2e for 10^18 floating-point operations; NaN where none were reported. */
    public double gramsPerExaflop() {
        return score.gramsPer(work.flops() / EXA);
    }

    private static boolean isMarginal(CarbonSettings carbon) {
        return carbon.history().steps().stream()
                .anyMatch(step -> step.intensity().basis() == EmissionBasis.MARGINAL);
    }

    private static ReportedWork work(List<TrainingRecord> trainings) {
        return new ReportedWork(
                trainings.stream()
                        .mapToLong(training -> training.work().tokens())
                        .sum(),
                trainings.stream()
                        .mapToDouble(training -> training.work().flops())
                        .sum());
    }

    private static Optional<EmbodiedShare> embodied(RunSnapshot run) {
        EmbodiedSettings settings = run.carbon().embodied();
        if (settings.kgCo2e().isPresent()) {
            double kgCo2e = settings.kgCo2e().getAsDouble();
            return Optional.of(share(run, kgCo2e, List.of("the machine, as configured")));
        }
        return settings.automatic() ? ofAccelerators(run) : Optional.empty();
    }

    private static Optional<EmbodiedShare> ofAccelerators(RunSnapshot run) {
        double kgCo2e = 0;
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String name : accelerators(run).values()) {
            Optional<EmbodiedFigure> figure = EmbodiedFigures.bundled().ofAccelerator(name);
            if (figure.isEmpty()) {
                return Optional.empty();
            }
            kgCo2e += figure.get().kgCo2e();
            counts.merge(figure.get().text(), 1, Integer::sum);
        }
        if (counts.isEmpty()) {
            return Optional.empty();
        }
        List<String> basis = new ArrayList<>();
        counts.forEach((text, count) -> basis.add(count + " x " + text));
        return Optional.of(share(run, kgCo2e, basis));
    }

    /** Product names by device: the energy of one accelerator may come from two domains, one after the other. */
    private static Map<String, String> accelerators(RunSnapshot run) {
        Map<String, String> names = new LinkedHashMap<>();
        for (DeviceSnapshot device : run.devices()) {
            if (device.domain().component() == Component.GPU) {
                names.put(device.domain().device(), device.domain().name());
            }
        }
        return names;
    }

    private static EmbodiedShare share(RunSnapshot run, double kgCo2e, List<String> basis) {
        EmbodiedSettings settings = run.carbon().embodied();
        return new EmbodiedShare(kgCo2e, run.wallNanos(), settings.lifetimeYears(), settings.share(), basis);
    }
}
