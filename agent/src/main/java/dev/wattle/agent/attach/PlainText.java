/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.attach;

/** Makes another user's text safe for this user's terminal: removes what would move the cursor, set a title or query it. */
public final class PlainText {
    private static final int MAX_CHARACTERS = 4_000;

    private PlainText() {}

    /** The first {@value #MAX_CHARACTERS} characters of the line, with {@code ?} for each control character except tabs. */
    public static String of(String line) {
        StringBuilder plain = new StringBuilder(Math.min(line.length(), MAX_CHARACTERS));
        for (int i = 0; i < line.length() && i < MAX_CHARACTERS; i++) {
            char c = line.charAt(i);
            plain.append(Character.isISOControl(c) && c != '\t' ? '?' : c);
        }
        return plain.toString();
    }
}
