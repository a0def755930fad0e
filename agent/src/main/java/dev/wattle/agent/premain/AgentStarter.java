/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import dev.wattle.agent.premain.loader.AgentClassLoader;
import dev.wattle.agent.premain.loader.AgentThreads;
import java.lang.reflect.InvocationTargetException;

/** The thread {@code wattle-agent}: opens the inner zone of the jar and starts the runtime in it. */
final class AgentStarter implements Runnable {
    static final String NOT_METERING = "not metering: ";

    private static final String RUNTIME = "dev.wattle.agent.runtime.AgentRuntime";

    private final AgentContext context;

    private AgentStarter(AgentContext context) {
        this.context = context;
    }

    static Thread start(AgentContext context) throws ReflectiveOperationException {
        Thread thread = AgentThreads.of("wattle-agent", new AgentStarter(context));
        thread.start();
        return thread;
    }

    @Override
    public void run() {
        try {
            context.baseline().takeConfigured();
            AgentClassLoader loader = AgentClassLoader.open(context.agentJar());
            context.lifecycle().setResources(Thread.currentThread(), loader);
            Thread.currentThread().setContextClassLoader(loader);
            Class.forName(RUNTIME, true, loader)
                    .getMethod("start", AgentContext.class)
                    .invoke(null, context);
        } catch (InvocationTargetException thrownInside) {
            giveUp(thrownInside.getTargetException());
        } catch (Throwable t) {
            giveUp(t);
        }
    }

    /**
     * Takes each step separately, because an OutOfMemoryError may come again in any of them. The first step lets the JVM
     * end without waiting.
     */
    private void giveUp(Throwable reason) {
        context.lifecycle().finish();
        try {
            context.unregister(AgentSingleton.INSTANCE);
        } catch (Throwable again) {
            // The filter stays registered and changes no class.
        }
        try {
            context.response().refuse(NOT_METERING + reason);
        } catch (Throwable again) {
            // The tool reports its own timeout.
        }
        if (isPrinted(reason)) {
            context.finish();
        } else {
            context.exitHook().reportLater(reason);
        }
    }

    private boolean isPrinted(Throwable reason) {
        try {
            return StderrLog.tryPrint(context.err(), NOT_METERING + reason);
        } catch (Throwable again) {
            return false;
        }
    }
}
