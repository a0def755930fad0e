/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import java.lang.reflect.InvocationTargetException;

/** The thread {@code wattle-agent}: opens the inner zone of the jar and hands the arrival to the runtime in it. */
final class Handover implements Runnable {
    private static final String RUNTIME = "dev.wattle.agent.runtime.AgentRuntime";

    private final Arrival arrival;

    private Handover(Arrival arrival) {
        this.arrival = arrival;
    }

    static void start(Arrival arrival) throws ReflectiveOperationException {
        OwnThread.of("wattle-agent", new Handover(arrival)).start();
    }

    @Override
    public void run() {
        try {
            arrival.baseline().takeConfigured();
            InstLoader loader = InstLoader.open(arrival.agentJar());
            arrival.ending().livesIn(Thread.currentThread(), loader);
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
        arrival.withdrawFrom(Presence.IN_THIS_JVM);
        arrival.forget();
        arrival.reply().refuse("not metering: " + reason);
        Notice.print(arrival.err(), "not metering: " + reason);
    }
}
