/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.carbon;

import dev.wattle.core.carbon.EditDistance;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/** The options of {@code estimate}. */
enum EstimateOption {
    GPU("gpu", "NAME", "the accelerator: V100, 'A100 80GB', h100, 'TPU v3'"),
    COUNT("count", "N", "how many accelerators; 1 if not given"),
    HOURS("hours", "H", "how long they ran"),
    GPU_HOURS("gpu-hours", "H", "hours of one accelerator, summed over all; instead of --hours"),
    POWER("power", "W", "mean watts of one accelerator, if known"),
    UTILIZATION("utilization", "SHARE", "mean power as a share of the board power: 0.7 or 70%"),
    CPU("cpu", "NAME", "the processor: 'EPYC 7763', 'Gold 6148'"),
    CPUS("cpus", "N", "how many processors; 1 if not given"),
    ZONE("zone", "ZONE", "where the electricity comes from: FR, US-CA"),
    REGION("region", "REGION", "the same as --zone: gcp:us-central1"),
    PUE("pue", "FACTOR", "overhead of the data centre, 1 to 10; 1 if not given"),
    INTENSITY("intensity", "G", "grams of CO2e per kWh, instead of a zone"),
    FROM("from", "RUN", "a metered run to start from: a journal, or the name of a run in the ledger"),
    LEDGER("ledger", "DIR", "where the journals are; ~/.wattle/runs if not given"),
    TIMES("times", "N", "with --from: this many such runs"),
    EPOCHS("epochs", "N", "with --from: a training of this many epochs"),
    SAMPLES("samples", "N", "with --from: a training on this many samples, each epoch counted"),
    GPUS("gpus", "N", "with --from: on this many GPUs for the same time; else the same as --count"),
    PAPER("paper", "NAME", "published tables next to our recomputation: strubell-2019, patterson-2021, bloom"),
    JSON("json", "", "prints JSON");

    private final String word;
    private final String argument;
    private final String purpose;

    EstimateOption(String word, String argument, String purpose) {
        this.word = word;
        this.argument = argument;
        this.purpose = purpose;
    }

    /** As it is written on the command line. */
    String flag() {
        return "--" + word;
    }

    /** What follows it; empty if nothing does. */
    String argument() {
        return argument;
    }

    String purpose() {
        return purpose;
    }

    static Optional<EstimateOption> named(String word) {
        return Arrays.stream(values())
                .filter(option -> option.word.equals(word))
                .findFirst();
    }

    /** The option that a word was meant to be; empty where none is like it. */
    static Optional<EstimateOption> similarTo(String word) {
        return Arrays.stream(values())
                .filter(option -> distance(word, option) <= 2)
                .min(Comparator.comparingInt(option -> distance(word, option)));
    }

    private static int distance(String word, EstimateOption option) {
        boolean longer = word.length() > 2 && (option.word.startsWith(word) || word.startsWith(option.word));
        return longer ? 1 : EditDistance.between(word, option.word);
    }
}
