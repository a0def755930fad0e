/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import java.io.PrintStream;

/** One line to the user, on the error stream the host had when the agent came. Never throws. */
public final class Notice {
    private static final String PREFIX = "wattle: ";

    private Notice() {}

    public static void print(PrintStream err, String text) {
        try {
            err.println(PREFIX + text);
        } catch (Throwable ignored) {
            // The stream is the host's and may do anything; there is nobody left to tell.
        }
    }
}
