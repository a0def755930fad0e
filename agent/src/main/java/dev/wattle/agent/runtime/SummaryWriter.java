/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import dev.wattle.agent.export.SummaryTarget;
import dev.wattle.agent.log.StderrQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes a run's summary to its target: as a whole where the rest is ready soon after the totals, else the totals first. For
 * one thread, except {@link #missing}, which any thread may call.
 */
final class SummaryWriter {
    /** A machine that is not overloaded makes the rest in less time; then no other line divides the summary. */
    private static final long TOTALS_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final SummaryTarget target;
    private final StderrQueue stderr;
    private volatile @Nullable String totals;
    private volatile boolean totalsAlone;
    private volatile boolean written;

    SummaryWriter(SummaryTarget target, StderrQueue stderr) {
        this.target = target;
        this.stderr = stderr;
    }

    /** Takes the lines with the totals. */
    void totals(String text) {
        totals = text;
        if (target instanceof SummaryTarget.Stderr) {
            stderr.hold(text, TOTALS_NANOS);
        }
    }

    /**
     * Takes the whole summary.
     *
     * @param rest the part of the text after the totals
     */
    void whole(String text, String rest) {
        if (target instanceof SummaryTarget.Stderr) {
            totalsAlone = totals != null && !stderr.takeBack();
            // Set first: on a busy machine this thread may stop here for long, and a summary that is printed is not
            // missing.
            written = true;
            stderr.text(totalsAlone ? rest : text);
        } else if (target instanceof SummaryTarget.TextFile file) {
            file.write(text, stderr);
        }
        written = true;
    }

    /** Says which part was not ready in time, with the totals where they were not written; never waits. */
    String missing() {
        String known = totals;
        if (written || target instanceof SummaryTarget.Off) {
            return "the JVM waited no longer for the end of metering";
        }
        if (known == null) {
            return "the machine was too busy to make the summary in the time that a JVM's end may take";
        }
        return "the machine was too busy to make the rest of the summary in the time that a JVM's end may take"
                + (target instanceof SummaryTarget.TextFile || stderr.takeBack()
                        ? "; its totals\n" + known.strip()
                        : "");
    }
}
