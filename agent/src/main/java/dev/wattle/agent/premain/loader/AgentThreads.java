/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain.loader;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** Makes the threads of the way in: daemons beside the program's, which inherit nothing from the one that makes them. */
public final class AgentThreads {
    /** One for all runs of a JVM: up to Java 18 a group never leaves its parent again. */
    private static @Nullable ThreadGroup group;

    /** That of all threads is the program's, and may well end the program; the JVM's own writes to standard error. */
    public static final Thread.UncaughtExceptionHandler NOBODY = new Thread.UncaughtExceptionHandler() {
        @Override
        public void uncaughtException(Thread thread, Throwable thrown) {}
    };

    private AgentThreads() {}

    /** A thread that is not started yet. */
    public static Thread of(String name, Runnable work) throws ReflectiveOperationException {
        Thread thread = inheritingNothing(besideTheProgram(), work, name);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.setUncaughtExceptionHandler(NOBODY);
        return thread;
    }

    /**
     * The constructor is of Java 9: it alone leaves the host's inheritable thread locals behind. From Java 18 on (JEP 416) a
     * first reflective call spins classes for 20 ms on the program's thread, a method handle of the same for 5 ms; before,
     * the former takes a quarter of a millisecond and the latter 4 ms.
     */
    private static Thread inheritingNothing(ThreadGroup group, Runnable work, String name)
            throws ReflectiveOperationException {
        Class<?>[] types = {ThreadGroup.class, Runnable.class, String.class, long.class, boolean.class};
        if ("17".equals(System.getProperty("java.specification.version"))) {
            return Thread.class.getConstructor(types).newInstance(group, work, name, 0L, false);
        }
        MethodHandle constructor =
                MethodHandles.publicLookup().findConstructor(Thread.class, MethodType.methodType(void.class, types));
        try {
            return (Thread) constructor.invokeExact(group, work, name, 0L, false);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new ReflectiveOperationException(e);
        }
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
