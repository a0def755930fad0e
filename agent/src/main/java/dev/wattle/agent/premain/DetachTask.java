/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import dev.wattle.agent.premain.loader.AgentThreads;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * The thread {@code wattle-detach}: ends the run in a JVM that keeps running, removes all that belongs to it, and sends the
 * summary to the tool. The tool gets its answer last, so that it finds the JVM as it was before the run.
 */
final class DetachTask implements Runnable {
    private static final long MAX_START_MILLIS = 5_000;

    private final AgentSingleton singleton;
    private final AttachResponse response;
    private final PrintStream err;

    private DetachTask(AgentSingleton singleton, AttachResponse response, PrintStream err) {
        this.singleton = singleton;
        this.response = response;
        this.err = err;
    }

    static Thread start(AgentSingleton singleton, AttachResponse response, PrintStream err)
            throws ReflectiveOperationException {
        Thread thread = AgentThreads.of("wattle-detach", new DetachTask(singleton, response, err));
        thread.start();
        return thread;
    }

    @Override
    public void run() {
        AgentContext run = singleton.current();
        if (run == null) {
            response.refuse("it is not metered");
            return;
        }
        try {
            DetachHandler handler = run.lifecycle().claimForDetach(MAX_START_MILLIS);
            respond(end(run, handler));
            // After the response: a JVM that ends waits until the run is finished.
            run.finish();
            StderrLog.print(err, "metering was ended by a detach");
        } catch (RunLifecycle.Refusal refusal) {
            response.refuse(refusal.reason());
        } catch (Throwable t) {
            response.refuse("detach failed: " + t);
        }
    }

    /** Removes all that belongs to the run, whatever fails; null if there is no summary. */
    private @Nullable String end(AgentContext run, DetachHandler handler) {
        String summary = null;
        Thread.currentThread().setContextClassLoader(handler.getClass().getClassLoader());
        try {
            summary = handler.detach();
        } catch (Throwable t) {
            response.note("the summary could not be made: " + t);
        } finally {
            Thread.currentThread().setContextClassLoader(null);
        }
        try {
            run.lifecycle().close();
        } catch (Throwable t) {
            response.note("the agent's jar could not be closed: " + t);
        }
        run.unregister(singleton);
        return summary;
    }

    private void respond(@Nullable String summary) {
        if (summary == null) {
            response.refuse("metering has ended without a summary; the journal has the last checkpoint");
        } else if (!response.done(summary)) {
            // The tool is gone, so the summary goes to standard error.
            err.print(summary);
            err.flush();
        }
    }
}
