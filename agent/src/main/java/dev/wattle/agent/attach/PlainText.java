/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.attach;

/** Text of another user's, fit for this user's terminal: what would move a cursor, set a title or ask it back is gone. */
public final class PlainText {
    private static final int LONGEST = 4_000;

    private PlainText() {}

    /** The line with each control character as {@code ?}, and without an end beyond {@value #LONGEST} characters. */
    public static String of(String line) {
        StringBuilder plain = new StringBuilder(Math.min(line.length(), LONGEST));
        for (int i = 0; i < line.length() && i < LONGEST; i++) {
            char c = line.charAt(i);
            plain.append(Character.isISOControl(c) && c != '\t' ? '?' : c);
        }
        return plain.toString();
    }
}
