/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.benchmarks.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * {@link LappedReader.ExactOfTwo} with {@link BrokenTimeline}: {@link StressRun} requires that the torn read is seen.
 *
 * <p>If it is not, the machine or the options are too weak for the other tests to be meaningful.
 */
@JCStressTest
@State
@Outcome(id = "whole", expect = ACCEPTABLE, desc = "The record was still held.")
@Outcome(id = "lost", expect = ACCEPTABLE, desc = "The writer had overtaken the reader, and the reader detected it.")
@Outcome(id = NegativeControl.TORN, expect = ACCEPTABLE_INTERESTING, desc = "The fault that the tests must find.")
@Outcome(expect = FORBIDDEN, desc = "No other fault was put in.")
public class NegativeControl {

    static final String TORN = "torn";

    private static final int ASKED = 3;
    private static final int FILLED = ASKED + 1;

    private final BrokenTimeline timeline = new BrokenTimeline(2);

    public NegativeControl() {
        timeline.append(0, FILLED);
    }

    @Actor
    public void writer() {
        timeline.append(FILLED, FILLED + 6);
    }

    @Actor
    public void reader(L_Result result) {
        String verdict = "";
        for (int question = 0; question < Ramp.QUESTIONS; question++) {
            verdict = Ramp.judge(Ramp.nanosOf(ASKED), timeline.microjoulesOf(ASKED));
            if (!verdict.equals("whole")) {
                break;
            }
        }
        result.r1 = verdict;
    }
}
