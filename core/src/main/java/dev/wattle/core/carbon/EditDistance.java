/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.carbon;

/** How far two words are apart, to find the one that was meant. */
public final class EditDistance {

    private EditDistance() {}

    /** The Levenshtein distance: the minimum number of letters to insert, delete or replace. */
    public static int between(String a, String b) {
        int[] above = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
            }
            int[] done = above;
            above = row;
            row = done;
        }
        return above[b.length()];
    }
}
