/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.ledger;

import java.lang.Character.UnicodeScript;

/** Fits a name that anybody may have chosen into a column of a terminal. */
final class NameCell {
    private static final String CUT = "...";

    private NameCell() {}

    /**
     * The name with a question mark for each control and format character, cut to a width and padded to it with spaces.
     *
     * @param width in columns of the terminal, at least 4
     */
    static String of(String name, int width) {
        String printable = printable(name);
        String shown = width(printable) <= width ? printable : cut(printable, width - CUT.length()) + CUT;
        return shown + " ".repeat(Math.max(0, width - width(shown)));
    }

    /** The columns that the name needs in a terminal, at most {@code limit}. */
    static int width(String name, int limit) {
        return Math.min(limit, width(printable(name)));
    }

    private static String printable(String name) {
        StringBuilder printable = new StringBuilder();
        name.codePoints().limit(1_000).map(NameCell::printable).forEach(printable::appendCodePoint);
        return printable.toString();
    }

    private static int printable(int character) {
        int type = Character.getType(character);
        boolean harmful = Character.isISOControl(character)
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
        return harmful ? '?' : character;
    }

    private static String cut(String name, int width) {
        StringBuilder shown = new StringBuilder();
        int used = 0;
        for (int at = 0; at < name.length(); at += Character.charCount(name.codePointAt(at))) {
            int character = name.codePointAt(at);
            used += width(character);
            if (used > width) {
                break;
            }
            shown.appendCodePoint(character);
        }
        return shown.toString();
    }

    private static int width(String name) {
        return name.codePoints().map(NameCell::width).sum();
    }

    /** Two columns for East Asian wide characters and emoji, none for marks that combine with the character before. */
    private static int width(int character) {
        int type = Character.getType(character);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        if (character < 0x1100) {
            return 1;
        }
        UnicodeScript script = UnicodeScript.of(character);
        boolean wide = script == UnicodeScript.HAN
                || script == UnicodeScript.HANGUL
                || script == UnicodeScript.HIRAGANA
                || script == UnicodeScript.KATAKANA
                || (character >= 0x3000 && character <= 0x303E)
                || (character >= 0xFF01 && character <= 0xFF60)
                || (character >= 0x1F300 && character <= 0x1FAFF);
        return wide ? 2 : 1;
    }
}
