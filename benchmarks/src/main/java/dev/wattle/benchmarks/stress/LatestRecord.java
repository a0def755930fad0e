/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.benchmarks.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.wattle.core.energy.EnergyTimeline;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A reader asks for the newest record, first the instant and then the energy twice, while the writer may come in between.
 *
 * <p>Why it never falls: each call reads the tail again with acquire, a later read of the same variable never returns an
 * earlier value, and the energy of the record below that tail is copied whole or not at all. The calls may see different
 * records, so the energy may be ahead of the instant; behind it, it may not be.
 */
@JCStressTest
@State
@Outcome(id = "one record", expect = ACCEPTABLE, desc = "The writer published nothing in between.")
@Outcome(id = "ahead", expect = ACCEPTABLE, desc = "The writer published in between.")
@Outcome(expect = FORBIDDEN, desc = "The energy fell, is behind its instant, or is of no record.")
public class LatestRecord {

    private final EnergyTimeline timeline = Ramp.timeline(2, 1);

    @Actor
    public void writer() {
        Ramp.append(timeline, 1, 9);
    }

    @Actor
    public void reader(L_Result result) {
        String verdict = "";
        for (int question = 0; question < Ramp.QUESTIONS; question++) {
            long nanos = timeline.latestNanos();
            long first = timeline.latestMicrojoules();
            long second = timeline.latestMicrojoules();
            verdict = judge(nanos, first, second);
            if (!verdict.equals("one record")) {
                break;
            }
        }
        result.r1 = verdict;
    }

    private static String judge(long nanos, long first, long second) {
        long promised = Ramp.microjoulesAt(nanos);
        if (!Ramp.isRecord(promised) || !Ramp.isRecord(first) || !Ramp.isRecord(second)) {
            return "torn";
        }
        if (first < promised || second < first) {
            return "fell";
        }
        return second == promised ? "one record" : "ahead";
    }
}
