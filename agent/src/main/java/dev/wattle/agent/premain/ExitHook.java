/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import java.io.PrintStream;

/**
 * What runs when the JVM ends: the action that metering left, or a line where it had not begun. A JVM that was only
 * asked for its version runs no program and gets no line.
 *
 * <p>It is registered on arrival, because a program can end before the rest of the agent is there. The action runs on a
 * daemon thread that is waited for no longer than {@value #MOST_MILLIS} ms: standard error may be a pipe that nobody
 * reads, or locked by the very thread that called System.exit. Thread-safe.
 */
final class ExitHook extends Thread {
    private static final long MOST_MILLIS = 1_900;

    private final Ending ending;
    private final PrintStream err;
    private final Thread teller;

    ExitHook(Ending ending, PrintStream err) {
        super("wattle-shutdown");
        this.ending = ending;
        this.err = err;
        setContextClassLoader(null);
        // Made on arrival: a security manager that comes later may forbid it.
        this.teller = new Thread("wattle-exit") {
            @Override
            public void run() {
                tell();
            }
        };
        teller.setDaemon(true);
        teller.setContextClassLoader(null);
    }

    @Override
    public void run() {
        teller.start();
        long deadline = System.nanoTime() + MOST_MILLIS * 1_000_000;
        while (teller.isAlive() && System.nanoTime() - deadline < 0) {
            try {
                teller.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            } catch (InterruptedException meantForOthers) {
                // A program that ends may interrupt all threads it finds; this wait is bounded anyway.
            }
        }
    }

    private void tell() {
        try {
            Runnable action = ending.claimForJvmEnd();
            if (action != null) {
                action.run();
            } else if (!ending.isGone() && System.getProperty("sun.java.command") != null) {
                Notice.print(err, "the program ended before metering began; nothing was metered");
            }
        } catch (Throwable t) {
            Notice.print(err, "the summary could not be made: " + t);
        }
    }
}
