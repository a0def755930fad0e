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
 * A reader asks for a record that is written, held and overwritten meanwhile, and reads the size before and after.
 *
 * <p>A ring of 4 holds its newest 3 records, since the writer may be changing the slot of the fourth. "Not yet" is wrong if the
 * size had passed the record before the question. "Lost" is wrong if the record is still held after it: the size only grows,
 * so the reader cannot have seen a later one.
 */
@JCStressTest
@State
@Outcome(id = "whole", expect = ACCEPTABLE, desc = "The record was held.")
@Outcome(id = "not yet", expect = ACCEPTABLE, desc = "The record was not published when the query started.")
@Outcome(id = "lost", expect = ACCEPTABLE, desc = "The record was no longer promised when the question ended.")
@Outcome(expect = FORBIDDEN, desc = "A denial that was not true, or a torn answer.")
public class TrueDenial {

    private static final int CAPACITY = 4;
    private static final int ASKED = 4;

    private final EnergyTimeline timeline = Ramp.timeline(CAPACITY, ASKED);

    @Actor
    public void writer() {
        Ramp.append(timeline, ASKED, ASKED + 8);
    }

    @Actor
    public void reader(L_Result result) {
        String verdict = "";
        for (int question = 0; question < Ramp.QUESTIONS; question++) {
            verdict = ask();
            if (!verdict.equals("not yet") && !verdict.equals("whole")) {
                break;
            }
        }
        result.r1 = verdict;
    }

    private String ask() {
        long nanos = Ramp.nanosOf(ASKED);
        long before = timeline.size();
        String verdict = Ramp.judge(nanos, timeline.microjoulesAt(nanos));
        long after = timeline.size();
        if (verdict.equals("not yet") && before > ASKED) {
            return "not yet, though published";
        }
        if (verdict.equals("lost") && after - ASKED < CAPACITY) {
            return "lost, though held";
        }
        return verdict;
    }
}
