/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.host.program;

import java.io.IOException;
import java.io.OutputStream;

/** Says that it has begun, waits until its standard input ends, and then ends in the way it is told. */
public final class Ending {
    private static final int RIVALS = 4;

    private Ending() {}

    public static void main(String[] args) throws IOException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("goodbye")));
        System.out.println("begun");
        System.in.transferTo(OutputStream.nullOutputStream());
        System.out.println("ending by " + args[0]);
        switch (args[0]) {
            case "return" -> {}
            case "exit" -> System.exit(3);
            case "exit-of-many-threads" -> exitOfManyThreads();
            case "exit-with-stderr-locked" -> exitWithStderrLocked();
            case "throw" -> throw new IllegalStateException("thrown by the program");
            case "halt" -> Runtime.getRuntime().halt(4);
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static void exitWithStderrLocked() {
        synchronized (System.err) {
            System.exit(6);
        }
    }

    private static void exitOfManyThreads() {
        for (int i = 0; i < RIVALS; i++) {
            new Thread(() -> System.exit(5)).start();
        }
    }
}
