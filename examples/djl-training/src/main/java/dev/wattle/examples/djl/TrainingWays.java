/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.examples.djl;

import ai.djl.engine.Engine;
import ai.djl.translate.TranslateException;
import dev.wattle.examples.data.EpochTimes;
import java.io.IOException;
import java.util.Locale;

/** Trains on the digits in one of the ways that the library knows, and prints what the program itself counted. */
public final class TrainingWays {
    private static final int SEED = 42;

    private TrainingWays() {}

    /** @param args the name of a {@link Way} in lower case, how many epochs, and how many times the data is there */
    public static void main(String[] args) throws IOException, TranslateException {
        Way way = Way.valueOf(args[0].toUpperCase(Locale.ROOT));
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("ai.djl.pytorch.num_threads", "1");
        Engine.getInstance().setRandomSeed(SEED);
        int copies = args.length > 2 ? Integer.parseInt(args[2]) : 1;
        try (Digits digits = new Digits(copies)) {
            EpochTimes times = new EpochTimes();
            Counts counts = way.train(digits, Integer.parseInt(args[1]), times);
            System.out.println("epochs: " + counts.epochs());
            System.out.println("iterations: " + counts.iterations());
            System.out.println("samples: " + counts.samples());
            System.out.println("epoch times: " + times);
        }
    }
}
