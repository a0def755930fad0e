/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import dev.wattle.agent.premain.loader.AgentClassLoader;
import dev.wattle.agent.premain.loader.AgentThreads;
import java.lang.reflect.InvocationTargetException;

/** The thread {@code wattle-agent}: opens the inner zone of the jar and hands the arrival to the runtime in it. */
final class AgentStarter implements Runnable {
    static final String NOT_METERING = "not metering: ";

    private static final String RUNTIME = "dev.wattle.agent.runtime.AgentRuntime";

    private final AgentContext arrival;

    private AgentStarter(AgentContext arrival) {
        this.arrival = arrival;
    }

    static Thread start(AgentContext arrival) throws ReflectiveOperationException {
        Thread thread = AgentThreads.of("wattle-agent", new AgentStarter(arrival));
        thread.start();
        return thread;
    }

    @Override
    public void run() {
        try {
            arrival.baseline().takeConfigured();
            AgentClassLoader loader = AgentClassLoader.open(arrival.agentJar());
            arrival.ending().livesIn(Thread.currentThread(), loader);
            Thread.currentThread().setContextClassLoader(loader);
            Class.forName(RUNTIME, true, loader)
                    .getMethod("start", AgentContext.class)
                    .invoke(null, arrival);
        } catch (InvocationTargetException thrownInside) {
            giveUp(thrownInside.getTargetException());
        } catch (Throwable t) {
            giveUp(t);
        }
    }

    /**
     * Each step by itself, and first the one that lets the JVM end at once: what was thrown may be want of memory, and be
     * thrown again by any of them.
     */
    private void giveUp(Throwable reason) {
        arrival.ending().gone();
        try {
            arrival.withdrawFrom(AgentSingleton.IN_THIS_JVM);
        } catch (Throwable again) {
            // The filter stays, and lets all classes pass.
        }
        try {
            arrival.reply().refuse(NOT_METERING + reason);
        } catch (Throwable again) {
            // The tool waits for its own time and says so.
        }
        if (isSaid(reason)) {
            arrival.forget();
        } else {
            arrival.exit().sayLater(reason);
        }
    }

    private boolean isSaid(Throwable reason) {
        try {
            return StderrLog.printed(arrival.err(), NOT_METERING + reason);
        } catch (Throwable again) {
            return false;
        }
    }
}
