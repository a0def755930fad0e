/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.text;

/** Makes a name that the program chose safe to print. */
public final class PrintableName {

    private static final int MAX_CHARACTERS = 60;

    private PrintableName() {}

    /**
     * The name with a question mark for each control and format character, which could move a terminal's cursor or reverse
     * its text, cut after {@value #MAX_CHARACTERS} characters.
     */
    public static String of(String name) {
        return of(name, MAX_CHARACTERS);
    }

    /** The same, cut after so many characters. */
    public static String of(String name, int maxCharacters) {
        StringBuilder printable = new StringBuilder();
        name.codePoints()
                .limit(maxCharacters)
                .map(character -> Character.isISOControl(character) || Character.getType(character) == Character.FORMAT
                        ? '?'
                        : character)
                .forEach(printable::appendCodePoint);
        return printable.toString();
    }
}
