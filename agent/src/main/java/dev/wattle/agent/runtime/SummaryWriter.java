/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import dev.wattle.agent.export.SummaryTarget;
import dev.wattle.agent.log.StderrQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Brings a run's summary to where it is wanted: as a whole where that is soon made, and the totals by themselves before that
 * where the rest takes long. Written by one thread; {@link #missing} may be asked by any.
 */
final class SummaryWriter {
    /** A machine that is not overloaded makes the rest in less, and then nothing comes between the summary's lines. */
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

    /** The few lines that matter. */
    void totals(String text) {
        totals = text;
        if (target instanceof SummaryTarget.Stderr) {
            stderr.hold(text, TOTALS_NANOS);
        }
    }

    /**
     * All of it.
     *
     * @param rest what follows the totals
     */
    void whole(String text, String rest) {
        if (target instanceof SummaryTarget.Stderr) {
            totalsAlone = totals != null && !stderr.takeBack();
            stderr.text(totalsAlone ? rest : text);
        } else if (target instanceof SummaryTarget.TextFile file) {
            file.write(text, stderr);
        }
        written = true;
    }

    /** What of it could not be made in time, and what is known; never waits. */
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
