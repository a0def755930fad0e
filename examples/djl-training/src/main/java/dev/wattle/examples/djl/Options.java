/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.examples.djl;

import java.util.Locale;

/**
 * What the command line asks for: pairs of {@code --name value}, each with a default.
 *
 * @param epochs passes over the training rows, 1 or more
 * @param seed of the weights and the order of the rows; their split stays the same
 */
record Options(int epochs, int seed, Loop loop) {
    Options {
        if (epochs < 1) {
            throw new IllegalArgumentException("--epochs must be 1 or more");
        }
    }

    static Options parse(String... args) {
        Options options = new Options(10, 42, Loop.EASY);
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
            case "--epochs" -> new Options(Integer.parseInt(value), seed, loop);
            case "--seed" -> new Options(epochs, Integer.parseInt(value), loop);
            case "--loop" -> new Options(epochs, seed, Loop.valueOf(value.toUpperCase(Locale.ROOT)));
            default -> throw new IllegalArgumentException(name + ": use --epochs N, --seed N, --loop easy|own");
        };
    }
}
