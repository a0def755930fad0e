/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain.loader;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** Creates the agent's first threads: daemons outside the program's thread group, which inherit nothing. Thread-safe. */
public final class AgentThreads {
    /** One for all runs of a JVM: up to Java 18 a parent keeps a thread group forever. */
    private static @Nullable ThreadGroup group;

    /** Ignores the exception: the default handler is the program's and may end it; the JVM's writes to standard error. */
    public static final Thread.UncaughtExceptionHandler IGNORE = new Thread.UncaughtExceptionHandler() {
        @Override
        public void uncaughtException(Thread thread, Throwable thrown) {}
    };

    private AgentThreads() {}

    /** Creates a thread, not started. */
    public static Thread of(String name, Runnable work) throws ReflectiveOperationException {
        Thread thread = inheritingNothing(agentGroup(), work, name);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.setUncaughtExceptionHandler(IGNORE);
        return thread;
    }

    /**
     * Only this constructor, of Java 9, does not inherit the host's thread locals. Since Java 18 (JEP 416) the first
     * reflective call generates classes for 20 ms on the program's thread, and a method handle for 5 ms. On Java 17
     * reflection takes a quarter of a millisecond, and a method handle 4 ms.
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

    /** A group outside the program's, which may count the threads of its group or wait until one is left. */
    private static synchronized ThreadGroup agentGroup() {
        ThreadGroup existing = group;
        if (existing == null) {
            ThreadGroup top = Thread.currentThread().getThreadGroup();
            while (top.getParent() != null) {
                top = top.getParent();
            }
            existing = new ThreadGroup(top, "wattle");
            group = existing;
        }
        return existing;
    }
}
