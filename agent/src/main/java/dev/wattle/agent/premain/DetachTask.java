/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import dev.wattle.agent.premain.loader.AgentThreads;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * The thread {@code wattle-detach}: ends the run of a JVM that goes on, takes everything of it back, and hands the summary
 * to the tool that asked. The tool is told last, so that what it does next finds the JVM as it was before.
 */
final class DetachTask implements Runnable {
    private static final long START_MILLIS = 5_000;

    private final AgentSingleton presence;
    private final AttachResponse reply;
    private final PrintStream err;

    private DetachTask(AgentSingleton presence, AttachResponse reply, PrintStream err) {
        this.presence = presence;
        this.reply = reply;
        this.err = err;
    }

    static Thread start(AgentSingleton presence, AttachResponse reply, PrintStream err)
            throws ReflectiveOperationException {
        Thread thread = AgentThreads.of("wattle-detach", new DetachTask(presence, reply, err));
        thread.start();
        return thread;
    }

    @Override
    public void run() {
        AgentContext run = presence.present();
        if (run == null) {
            reply.refuse("it is not metered");
            return;
        }
        try {
            DetachHandler leaving = run.ending().claimForDetach(START_MILLIS);
            tell(end(run, leaving));
            // Only now, since a JVM that ends waits for it, and what is told must get out before.
            run.forget();
            StderrLog.print(err, "metering was ended by a detach");
        } catch (RunLifecycle.Refusal refusal) {
            reply.refuse(refusal.reason());
        } catch (Throwable t) {
            reply.refuse("detach failed: " + t);
        }
    }

    /** Leaves nothing behind whatever is thrown on the way; null where there is no summary then. */
    private @Nullable String end(AgentContext run, DetachHandler leaving) {
        String summary = null;
        Thread.currentThread().setContextClassLoader(leaving.getClass().getClassLoader());
        try {
            summary = leaving.leave();
        } catch (Throwable t) {
            reply.note("the summary could not be made: " + t);
        } finally {
            Thread.currentThread().setContextClassLoader(null);
        }
        try {
            run.ending().close();
        } catch (Throwable t) {
            reply.note("the agent's jar could not be closed: " + t);
        }
        run.withdrawFrom(presence);
        return summary;
    }

    private void tell(@Nullable String summary) {
        if (summary == null) {
            reply.refuse("metering has ended without a summary; the journal's last checkpoint stands");
        } else if (!reply.done(summary)) {
            // Better there than nowhere: the tool was killed while it waited.
            err.print(summary);
            err.flush();
        }
    }
}
