/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.estimate;

import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.estimate.Estimate.EnergyPart;
import dev.wattle.core.ledger.read.RecordedRun;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Estimates trainings from one that was metered, in proportion: the method of Strubell and others (2019), who metered samples of
 * trainings and multiplied. Immutable.
 *
 * @param times how many such runs; empty for one
 * @param epochs how many epochs each has; empty for those it had
 * @param samples how many samples each trains on, counted in every epoch; empty for those it had
 * @param gpus on how many GPUs, for the same time; empty for those it had
 */
public record MeteredEstimate(
        OptionalDouble times, OptionalDouble epochs, OptionalDouble samples, OptionalDouble gpus) {

    private static final String EXCLUDED =
            "what the meter did not read on that machine, and the making of the hardware";

    /**
     * The estimate.
     *
     * @throws IllegalArgumentException where the run does not have what is to be scaled; the message is a line for a person
     */
    public Estimate of(MeteredSlice slice, CarbonSettings carbon) {
        double epochsEach = epochsEach(slice);
        double onGpus = gpuFactor(slice);
        Range once = slice.kwh(epochsEach, times.orElse(1));
        Range kwh = once.times(onGpus);
        List<Assumption> assumptions = new ArrayList<>();
        assumptions.add(metered(slice));
        describeEpochs(slice, epochsEach, assumptions);
        if (times.isPresent()) {
            assumptions.add(Assumption.given(
                    "runs", Plain.number(times.getAsDouble()) + ", given; each is assumed to use what this one used"));
        }
        if (gpus.isPresent()) {
            assumptions.add(Assumption.given(
                    "GPUs",
                    Plain.number(gpus.getAsDouble()) + ", given, in place of "
                            + slice.gpus().size()
                            + "; the whole machine's energy is assumed to grow in proportion, for the same time"));
        }
        boolean spread = !kwh.isExact() && slice.isSpreadWider(once);
        List<String> references = new ArrayList<>(List.of("strubell-2019"));
        if (!spread && slice.isModelled()) {
            references.add("fischer-2025");
        }
        assumptions.add(quality(slice));
        return new Estimate(
                basis(slice),
                List.of(new EnergyPart("metered run", kwh)),
                carbon,
                List.copyOf(assumptions),
                range(slice, kwh, spread),
                EXCLUDED,
                List.copyOf(references));
    }

    private double epochsEach(MeteredSlice slice) {
        if (epochs.isEmpty() && samples.isEmpty()) {
            return slice.epochs();
        }
        String run = "run '" + printable(slice.run().identity().run()) + "'";
        if (slice.epochs() == 0) {
            throw new IllegalArgumentException(run + " has no epochs in its journal; use --times");
        }
        if (epochs.isPresent()) {
            return epochs.getAsDouble();
        }
        if (slice.samples() == 0) {
            throw new IllegalArgumentException(run + " has no number of samples in its journal; use --epochs");
        }
        return samples.getAsDouble() * slice.epochs() / slice.samples();
    }

    private double gpuFactor(MeteredSlice slice) {
        if (gpus.isEmpty()) {
            return 1;
        }
        int metered = slice.gpus().size();
        if (metered == 0) {
            throw new IllegalArgumentException(
                    "run '" + printable(slice.run().identity().run())
                            + "' used no GPU that was metered, so --gpus has no base");
        }
        return gpus.getAsDouble() / metered;
    }

    private static Assumption metered(MeteredSlice slice) {
        RecordedRun run = slice.run();
        String state = run.killed() ? "; it has no summary, so this is its last checkpoint" : "";
        return new Assumption(
                "metered run",
                printable(run.identity().run()) + " on "
                        + printable(run.identity().host()) + ": " + Plain.energy(run.kwh()) + " in "
                        + Plain.number(Math.rint(run.seconds())) + " s" + state,
                "journal " + run.file().getFileName() + ", "
                        + run.identity().started().toString().substring(0, 10));
    }

    private void describeEpochs(MeteredSlice slice, double epochsEach, List<Assumption> assumptions) {
        if (slice.epochs() == 0) {
            return;
        }
        assumptions.add(Assumption.given(
                "its epochs",
                slice.epochs() + " recorded, " + Plain.energy(slice.epochKwh()) + " each on average; "
                        + Plain.energy(slice.outsideKwh()) + " outside them counts once a run"));
        if (samples.isPresent()) {
            assumptions.add(Assumption.given(
                    "samples",
                    Plain.number(samples.getAsDouble()) + ", given; it trained on " + slice.samples()
                            + ", so that this is " + Plain.number(epochsEach) + " of its epochs"));
        }
        if (epochs.isPresent()) {
            assumptions.add(Assumption.given("epochs", Plain.number(epochsEach) + ", given"));
        }
        if (epochs.isPresent() || samples.isPresent()) {
            assumptions.add(Assumption.given(
                    "in proportion",
                    "an epoch more is assumed to use what the mean epoch used: the same model, data, batch size and"
                            + " machine"));
        }
    }

    private static Assumption quality(MeteredSlice slice) {
        double error = slice.statedError();
        return slice.isModelled()
                ? new Assumption(
                        "quality",
                        slice.quality() + ", stated to +/-" + Plain.percent(error),
                        References.shortName("fischer-2025"))
                : Assumption.given(
                        "quality",
                        slice.quality()
                                + (error > 0
                                        ? ", stated to +/-" + Plain.percent(error) + " by the maker of the sensor"
                                        : ", without a stated error"));
    }

    private static String range(MeteredSlice slice, Range kwh, boolean spread) {
        if (kwh.isExact()) {
            return "";
        }
        return spread
                ? "the 95 % prediction interval from the spread of its epochs"
                : "the stated error of " + slice.quality() + " energy, +/-" + Plain.percent(slice.statedError());
    }

    /** A journal may come from anyone: its names have no control characters in the output. */
    private static String printable(String name) {
        return name.replaceAll("\\p{Cntrl}", "?");
    }

    private String basis(MeteredSlice slice) {
        StringBuilder basis = new StringBuilder();
        times.ifPresent(count -> basis.append(Plain.number(count)).append(" x "));
        basis.append("the metered run ").append(printable(slice.run().identity().run()));
        epochs.ifPresent(
                count -> basis.append(" with ").append(Plain.number(count)).append(" epochs"));
        samples.ifPresent(
                count -> basis.append(" on ").append(Plain.number(count)).append(" samples"));
        gpus.ifPresent(count -> basis.append(" on ").append(Plain.number(count)).append(" GPUs"));
        return basis.toString();
    }
}
