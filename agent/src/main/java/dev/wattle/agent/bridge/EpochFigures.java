/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.bridge;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reports an epoch's figures under plain names: {@code train_TopKAccuracy} becomes {@code top_k_accuracy}, {@code
 * validate_loss} becomes {@code validation_loss}.
 *
 * <p>Leaves out what is not a number, and a figure that repeats the loss under the name of its class.
 */
final class EpochFigures {
    private static final String TRAIN = "train_";
    private static final String VALIDATE = "validate_";
    private static final String LOSS = "loss";

    private EpochFigures() {}

    static void report(int event, @Nullable Object subject, Map<?, ?> figures) {
        for (Map.Entry<?, ?> figure : figures.entrySet()) {
            if (figure.getKey() instanceof String && figure.getValue() instanceof Number) {
                String name = (String) figure.getKey();
                double value = ((Number) figure.getValue()).doubleValue();
                if (!Double.isNaN(value) && !repeatsLoss(name, figure.getValue(), figures)) {
                    TrainingBridge.metric(event, subject, plain(name), value);
                }
            }
        }
    }

    private static boolean repeatsLoss(String name, Object value, Map<?, ?> figures) {
        String part = name.startsWith(TRAIN) ? TRAIN : VALIDATE;
        return !name.equals(part + LOSS) && name.endsWith("Loss") && value.equals(figures.get(part + LOSS));
    }

    private static String plain(String name) {
        String plain = name.replaceAll("([a-z0-9])([A-Z])|([A-Z])(?=[A-Z][a-z])", "$1$3_$2")
                .replaceAll("[^A-Za-z0-9]+", "_")
                .replaceAll("^_|_$", "")
                .toLowerCase(Locale.ROOT);
        if (plain.startsWith(TRAIN)) {
            return plain.substring(TRAIN.length());
        }
        return plain.startsWith(VALIDATE) ? "validation_" + plain.substring(VALIDATE.length()) : plain;
    }
}
