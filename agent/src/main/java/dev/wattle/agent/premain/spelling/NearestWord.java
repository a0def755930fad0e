/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain.spelling;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The known word nearest to one with a typing error: by letters inserted, left out, replaced or exchanged with their neighbour
 * (the optimal string alignment distance), or because one contains the other.
 */
public final class NearestWord {
    private static final int SHORT_WORD = 3;
    private static final int LONG_WORD = 8;
    private static final int MAX_LENGTH = 48;

    private NearestWord() {}

    /** The nearest word; null where none is near. Case does not matter. The first of equally near words wins. */
    public static @Nullable String of(String typo, Iterable<String> known) {
        String wanted = typo.trim().toLowerCase(Locale.ROOT);
        if (wanted.isEmpty() || wanted.length() > MAX_LENGTH) {
            return null;
        }
        String nearest = null;
        int least = tolerance(wanted) + 1;
        for (String word : known) {
            int distance = distance(wanted, word.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                nearest = word;
            }
        }
        return nearest == null ? containing(wanted, known) : nearest;
    }

    /** A sentence for the end of a message, with a space before it; empty where no word is near. */
    public static String question(String typo, Iterable<String> known) {
        String nearest = of(typo, known);
        return nearest == null ? "" : " did you mean '" + nearest + "'?";
    }

    private static int tolerance(String word) {
        return word.length() <= SHORT_WORD ? 1 : word.length() <= LONG_WORD ? 2 : 3;
    }

    private static @Nullable String containing(String wanted, Iterable<String> known) {
        for (String word : known) {
            boolean part = wanted.length() > SHORT_WORD && word.contains(wanted);
            if (part || word.length() > SHORT_WORD && wanted.contains(word)) {
                return word;
            }
        }
        return null;
    }

    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            d[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            d[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(d[i - 1][j - 1] + cost, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
                boolean exchanged =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (exchanged) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + cost);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
