/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * What runs when the JVM ends: the action that metering left here, or a line where it had not begun.
 *
 * <p>It is registered on arrival, because a program can end before the rest of the agent is there. Thread-safe.
 */
final class ExitHook extends Thread {
    private final PrintStream err;
    private volatile @Nullable Runnable action;

    ExitHook(PrintStream err) {
        super("wattle-shutdown");
        this.err = err;
        setContextClassLoader(null);
    }

    /** Replaces the line by an action. */
    void use(Runnable newAction) {
        action = newAction;
    }

    @Override
    public void run() {
        Runnable current = action;
        try {
            if (current == null) {
                Notice.print(err, "the program ended before metering began; nothing was metered");
            } else {
                current.run();
            }
        } catch (Throwable t) {
            Notice.print(err, "the summary could not be made: " + t);
        }
    }
}
