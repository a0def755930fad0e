/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.examples.djl;

import ai.djl.engine.Engine;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.util.Locale;

/** Trains on the digits in one of the ways that the library knows, and prints what the program itself counted. */
public final class TrainingWays {
    private static final int SEED = 42;

    private TrainingWays() {}

    /** @param args the name of a {@link Way} in lower case, and how many epochs */
    public static void main(String[] args) throws IOException, TranslateException {
        Way way = Way.valueOf(args[0].toUpperCase(Locale.ROOT));
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("ai.djl.pytorch.num_threads", "1");
        Engine.getInstance().setRandomSeed(SEED);
        try (Digits digits = new Digits()) {
            Counts counts = way.train(digits, Integer.parseInt(args[1]));
            System.out.println("epochs: " + counts.epochs());
            System.out.println("iterations: " + counts.iterations());
            System.out.println("samples: " + counts.samples());
        }
    }
}
