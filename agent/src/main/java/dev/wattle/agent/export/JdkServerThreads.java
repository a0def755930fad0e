/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.export;

import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Gives our name to the threads that the JDK's HTTP server makes for itself.
 *
 * <p>They take over group and daemon status from the thread that starts the server. In the agent that group is the
 * meter's; a new one would stay in it after the server, up to Java 18.
 */
final class JdkServerThreads {

    private JdkServerThreads() {}

    static <T> T start(Callable<T> starting) throws IOException {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        Set<Thread> others = threadsOf(group);
        FutureTask<T> task = new FutureTask<>(starting);
        Thread starter = new Thread(group, task, "wattle-http-start", 0, false);
        starter.setDaemon(true);
        starter.setContextClassLoader(JdkServerThreads.class.getClassLoader());
        starter.start();
        try {
            T started = task.get();
            rename(group, others);
            return started;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static void rename(ThreadGroup group, Set<Thread> others) {
        for (Thread thread : threadsOf(group)) {
            if (!others.contains(thread) && !thread.getName().startsWith("wattle-")) {
                thread.setName("wattle-http-" + thread.getName());
            }
        }
    }

    private static Set<Thread> threadsOf(ThreadGroup group) {
        Thread[] found = new Thread[group.activeCount() + 16];
        int count = group.enumerate(found);
        return Set.copyOf(Arrays.asList(found).subList(0, count));
    }
}
