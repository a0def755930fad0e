/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.attach;

import java.util.OptionalLong;

/** A process id on the command line. */
final class ProcessId {
    private static final String DIGITS = "[1-9][0-9]{0,17}";

    private ProcessId() {}

    static OptionalLong parse(String word) {
        return word.matches(DIGITS) ? OptionalLong.of(Long.parseLong(word)) : OptionalLong.empty();
    }

    /** The end of the line that says what was given instead. */
    static String instead(String[] words) {
        return words.length == 0 ? "; 'list' shows them" : ", not '" + String.join(" ", words) + "'";
    }
}
