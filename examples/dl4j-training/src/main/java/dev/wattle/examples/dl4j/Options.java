/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.examples.dl4j;

import java.util.Locale;

/**
 * What the command line asks for: pairs of {@code --name value}, each with a default.
 *
 * @param epochs passes over the training rows, 1 or more
 * @param seed of the weights; the split of the rows stays the same
 * @param batch rows an iteration, 1 or more
 */
record Options(int epochs, long seed, int batch, Source source) {
    Options {
        if (epochs < 1 || batch < 1) {
            throw new IllegalArgumentException("--epochs and --batch must be 1 or more");
        }
    }

    static Options parse(String... args) {
        Options options = new Options(10, 42, 16, Source.DIGITS);
        if (args.length % 2 != 0) {
            throw new IllegalArgumentException("options come in pairs: --name value");
        }
        for (int i = 0; i < args.length; i += 2) {
            options = options.with(args[i], args[i + 1]);
        }
        return options;
    }

    private Options with(String name, String value) {
        return switch (name) {
            case "--epochs" -> new Options(Integer.parseInt(value), seed, batch, source);
            case "--seed" -> new Options(epochs, Long.parseLong(value), batch, source);
            case "--batch" -> new Options(epochs, seed, Integer.parseInt(value), source);
            case "--data" -> new Options(epochs, seed, batch, Source.valueOf(value.toUpperCase(Locale.ROOT)));
            default ->
                throw new IllegalArgumentException(name + ": use --epochs N, --seed N, --batch N, --data digits|iris");
        };
    }
}
