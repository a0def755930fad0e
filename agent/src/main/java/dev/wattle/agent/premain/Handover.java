/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import java.lang.reflect.InvocationTargetException;

/** The thread {@code wattle-agent}: opens the inner zone of the jar and hands the arrival to the runtime in it. */
final class Handover implements Runnable {
    private static final String RUNTIME = "dev.wattle.agent.runtime.AgentRuntime";

    private static final Runnable NOTHING = new Runnable() {
        @Override
        public void run() {
            // What there is to say was said when metering was given up.
        }
    };

    private final Arrival arrival;

    private Handover(Arrival arrival) {
        this.arrival = arrival;
    }

    static void start(Arrival arrival) throws ReflectiveOperationException {
        // This constructor is of Java 9: it alone leaves the host's inheritable thread locals behind.
        Thread thread = Thread.class
                .getConstructor(ThreadGroup.class, Runnable.class, String.class, long.class, boolean.class)
                .newInstance(besideTheProgram(), new Handover(arrival), "wattle-agent", 0L, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
    }

    /** A program may count the threads of its group, or wait until it is the last in it. Ours inherit this one. */
    private static ThreadGroup besideTheProgram() {
        ThreadGroup top = Thread.currentThread().getThreadGroup();
        while (top.getParent() != null) {
            top = top.getParent();
        }
        return new ThreadGroup(top, "wattle");
    }

    @Override
    public void run() {
        try {
            InstLoader loader = InstLoader.open(arrival.agentJar());
            Thread.currentThread().setContextClassLoader(loader);
            Class.forName(RUNTIME, true, loader)
                    .getMethod("start", Arrival.class)
                    .invoke(null, arrival);
        } catch (InvocationTargetException thrownInside) {
            giveUp(thrownInside.getTargetException());
        } catch (Throwable t) {
            giveUp(t);
        }
    }

    private void giveUp(Throwable reason) {
        arrival.atExit(NOTHING);
        arrival.instrumentation().removeTransformer(arrival.filter());
        Notice.print(arrival.err(), "not metering: " + reason);
    }
}
