/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import org.jspecify.annotations.Nullable;

/** Makes the threads of the way in: daemons beside the program's, which inherit nothing from the one that makes them. */
final class OwnThread {
    /** One for all runs of a JVM: up to Java 18 a group never leaves its parent again. */
    private static @Nullable ThreadGroup group;

    private OwnThread() {}

    /** A thread that is not started yet. */
    static Thread of(String name, Runnable work) throws ReflectiveOperationException {
        // This constructor is of Java 9: it alone leaves the host's inheritable thread locals behind.
        Thread thread = Thread.class
                .getConstructor(ThreadGroup.class, Runnable.class, String.class, long.class, boolean.class)
                .newInstance(besideTheProgram(), work, name, 0L, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }

    /** A program may count the threads of its group, or wait until it is the last in it. Ours inherit this one. */
    private static synchronized ThreadGroup besideTheProgram() {
        ThreadGroup known = group;
        if (known == null) {
            ThreadGroup top = Thread.currentThread().getThreadGroup();
            while (top.getParent() != null) {
                top = top.getParent();
            }
            known = new ThreadGroup(top, "wattle");
            group = known;
        }
        return known;
    }
}
