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
 * A reader that sees a size asks for its last record. The ring starts empty and is not lapped.
 *
 * <p>Why the record is there: the tail is stored with release after both fields of the record and loaded with acquire, so
 * that a reader that sees n + 1 sees record n. Nothing is overwritten, so nothing can be lost.
 */
@JCStressTest
@State
@Outcome(id = "empty", expect = ACCEPTABLE, desc = "The reader was first.")
@Outcome(id = "whole", expect = ACCEPTABLE, desc = "The size was seen, and so was the record.")
@Outcome(expect = FORBIDDEN, desc = "The size was seen, the record was not.")
public class Publication {

    private final EnergyTimeline timeline = Ramp.timeline(4, 0);

    @Actor
    public void writer() {
        Ramp.append(timeline, 0, 3);
    }

    @Actor
    public void reader(L_Result result) {
        String verdict = "empty";
        for (int question = 0; question < Ramp.QUESTIONS && verdict.equals("empty"); question++) {
            long size = timeline.size();
            if (size > 0) {
                long nanos = Ramp.nanosOf(size - 1);
                verdict = Ramp.judge(nanos, timeline.microjoulesAt(nanos));
            }
        }
        result.r1 = verdict;
    }
}
