/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import dev.wattle.agent.premain.loader.AgentThreads;
import java.io.PrintStream;

/** One line to the user, on the error stream the host had when the agent came. Never throws. */
public final class StderrLog {
    private static final String PREFIX = "wattle: ";

    private static final long APART_MILLIS = 500;

    private StderrLog() {}

    /** From a thread of the host: it waits {@value #APART_MILLIS} ms at the most for a stream that may be full. */
    static void printApart(final PrintStream err, final String text) {
        try {
            Thread printing = AgentThreads.of("wattle-notice", new Runnable() {
                @Override
                public void run() {
                    print(err, text);
                }
            });
            printing.start();
            printing.join(APART_MILLIS);
        } catch (InterruptedException hosts) {
            Thread.currentThread().interrupt();
        } catch (SecurityException forbidden) {
            // No thread of ours is allowed here; the line says why nothing is metered.
            print(err, text);
        } catch (Throwable noThread) {
            // Without one the line is lost; the host is not held up for it.
        }
    }

    public static void print(PrintStream err, String text) {
        // Where that fails there is nobody left to tell.
        boolean unused = printed(err, text);
    }

    /** Whether the line could be handed to the stream, which is the host's and may do anything. */
    static boolean printed(PrintStream err, String text) {
        try {
            err.println(PREFIX + text);
            return true;
        } catch (Throwable ignored) {
            return false;
        }
    }
}
