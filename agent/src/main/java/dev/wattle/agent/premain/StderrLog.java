/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import dev.wattle.agent.premain.loader.AgentThreads;
import java.io.PrintStream;

/** Prints a line for the user on the process's standard error. Never throws. */
public final class StderrLog {
    private static final String PREFIX = "wattle: ";

    private static final long MAX_WAIT_MILLIS = 500;

    private StderrLog() {}

    /** Prints from a thread of the host, which waits {@value #MAX_WAIT_MILLIS} ms at most for a stream that may be full. */
    static void printBounded(final PrintStream err, final String text) {
        try {
            Thread printing = AgentThreads.of("wattle-notice", new Runnable() {
                @Override
                public void run() {
                    print(err, text);
                }
            });
            printing.start();
            printing.join(MAX_WAIT_MILLIS);
        } catch (InterruptedException ofHost) {
            Thread.currentThread().interrupt();
        } catch (SecurityException forbidden) {
            // No thread may be created; the line says why nothing is metered.
            print(err, text);
        } catch (Throwable noThread) {
            // The line is lost: the host must not wait for it.
        }
    }

    /** Prints the line, and waits as long as the stream does. */
    public static void print(PrintStream err, String text) {
        // A failure cannot be reported anywhere.
        boolean unused = tryPrint(err, text);
    }

    /** Prints the line; false if the stream throws. */
    static boolean tryPrint(PrintStream err, String text) {
        try {
            err.println(PREFIX + text);
            return true;
        } catch (Throwable ignored) {
            return false;
        }
    }
}
