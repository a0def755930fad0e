/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.export;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Gives our name to the threads that the JDK's HTTP server makes for itself.
 *
 * <p>They take over group and daemon status from the thread that starts the server. A group of its own tells them from
 * the host's.
 */
final class JdkServerThreads {

    private JdkServerThreads() {}

    static <T> T start(Callable<T> starting) throws IOException {
        ThreadGroup group = new ThreadGroup("wattle");
        FutureTask<T> task = new FutureTask<>(starting);
        Thread starter = new Thread(group, task, "wattle-http-start", 0, false);
        starter.setDaemon(true);
        starter.setContextClassLoader(JdkServerThreads.class.getClassLoader());
        starter.start();
        try {
            T started = task.get();
            rename(group);
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

    private static void rename(ThreadGroup group) {
        Thread[] found = new Thread[group.activeCount() + 4];
        int count = group.enumerate(found);
        for (int i = 0; i < count; i++) {
            String name = found[i].getName();
            if (!name.startsWith("wattle-")) {
                found[i].setName("wattle-http-" + name);
            }
        }
    }
}
