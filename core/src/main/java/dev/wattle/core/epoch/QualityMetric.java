/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.epoch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The metric by which the epochs of a training are judged.
 *
 * <p>Chosen among those that the framework reports, by the words of the name: first of validation and better when higher, then
 * of training and better when higher, then a validation's loss, then a loss; within these accuracy first, then by name. Not
 * chosen are names without a word that says which way is better, and metrics with fewer than two finite values.
 *
 * @param name as the framework calls it
 * @param higherIsBetter whether a higher value is better
 * @param inPoints whether it goes from 0 to 1 and is shown in percentage points
 */
public record QualityMetric(String name, boolean higherIsBetter, boolean inPoints) {

    /** The name of the loss, which epochs have besides their metrics. */
    public static final String LOSS = "loss";

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])");
    private static final Set<String> VALIDATION = Set.of("val", "valid", "validate", "validation", "test", "eval");
    private static final Set<String> ACCURACY = Set.of("accuracy", "acc");
    private static final Set<String> HIGHER = Set.of(
            "auc",
            "auroc",
            "f1",
            "top1",
            "top5",
            "precision",
            "recall",
            "bleu",
            "rouge",
            "map",
            "ap",
            "iou",
            "miou",
            "dice",
            "r2",
            "mcc",
            "kappa",
            "psnr",
            "ssim",
            "reward",
            "return");
    private static final Set<String> LOWER = Set.of(
            LOSS,
            "error",
            "err",
            "mse",
            "mae",
            "rmse",
            "rmsle",
            "nll",
            "perplexity",
            "ppl",
            "wer",
            "cer",
            "crossentropy");
    private static final int UNKNOWN = Integer.MAX_VALUE;

    /** The metric for these epochs; empty where none can be chosen. */
    static Optional<QualityMetric> of(List<EpochRecord> epochs) {
        Set<String> names = new TreeSet<>();
        epochs.forEach(epoch -> names.addAll(epoch.metrics().keySet()));
        names.add(LOSS);
        TreeMap<Integer, String> byRank = new TreeMap<>();
        for (String name : names) {
            if (rank(name) != UNKNOWN && valuesOf(name, epochs).size() >= 2) {
                byRank.putIfAbsent(rank(name), name);
            }
        }
        return byRank.isEmpty()
                ? Optional.empty()
                : Optional.of(of(byRank.firstEntry().getValue(), epochs));
    }

    private static QualityMetric of(String name, List<EpochRecord> epochs) {
        boolean higher = isHigherBetter(name);
        boolean fraction = valuesOf(name, epochs).stream().allMatch(value -> value >= 0 && value <= 1);
        return new QualityMetric(name, higher, higher && fraction);
    }

    /** Whether the name says which way is better. */
    public static boolean judges(String name) {
        return rank(name) != UNKNOWN;
    }

    /** Whether a higher value is better; for a name that {@link #judges}. */
    public static boolean isHigherBetter(String name) {
        return isOfKind(name, ACCURACY) || isOfKind(name, HIGHER);
    }

    /** Its value in an epoch; NaN where that has none. */
    double of(EpochRecord epoch) {
        return valueOf(name, epoch);
    }

    /** By how much a value is better than another, in points or in the metric's own unit; negative for worse. */
    public double gain(double from, double to) {
        return (higherIsBetter ? to - from : from - to) * (inPoints ? 100 : 1);
    }

    private static List<Double> valuesOf(String name, List<EpochRecord> epochs) {
        List<Double> values = new ArrayList<>();
        for (EpochRecord epoch : epochs) {
            double value = valueOf(name, epoch);
            if (Double.isFinite(value)) {
                values.add(value);
            }
        }
        return values;
    }

    private static double valueOf(String name, EpochRecord epoch) {
        Double metric = epoch.metrics().get(name);
        return metric != null ? metric : name.equals(LOSS) ? epoch.loss() : Double.NaN;
    }

    private static int rank(String name) {
        int trained = isOfKind(name, VALIDATION) ? 0 : 2;
        if (isOfKind(name, ACCURACY)) {
            return trained;
        }
        if (isOfKind(name, HIGHER)) {
            return trained + 1;
        }
        return isOfKind(name, LOWER) ? trained + 4 + (isOfKind(name, Set.of(LOSS)) ? 0 : 1) : UNKNOWN;
    }

    private static boolean isOfKind(String name, Set<String> words) {
        for (String word : BETWEEN_WORDS.split(name)) {
            if (words.contains(word.toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }
}
