/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.host.program;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Predicate;

/**
 * Tells the threads that it sees once its standard input has ended: on standard output those that a program sees with
 * and without a meter, on standard error the meter's.
 */
public final class ThreadCensus {
    private ThreadCensus() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        System.in.transferTo(OutputStream.nullOutputStream());
        System.out.println("threads: " + names(thread -> !isOfTheMeter(thread)));
        System.out.println("threads in the program's own group: " + Thread.activeCount());
        System.out.println("of the meter, not daemon: " + names(thread -> isOfTheMeter(thread) && !thread.isDaemon()));
        System.out.println("loader is the system's: " + loaderIsTheSystems());
        Thread child = new Thread(() -> System.out.println("a child's too: " + loaderIsTheSystems()));
        child.start();
        child.join();
        System.err.println("of the meter: " + names(ThreadCensus::isOfTheMeter));
    }

    private static boolean loaderIsTheSystems() {
        return Thread.currentThread().getContextClassLoader() == ClassLoader.getSystemClassLoader();
    }

    private static boolean isOfTheMeter(Thread thread) {
        return thread.getName().startsWith("wattle-");
    }

    private static List<String> names(Predicate<Thread> wanted) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(wanted)
                .map(Thread::getName)
                .sorted()
                .toList();
    }
}
