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
 * {@link QueueTraffic.WriterAndReader} with {@link BrokenQueue}: {@link StressRun} requires that the torn record is seen.
 */
@JCStressTest
@State
@Outcome(id = "whole", expect = ACCEPTABLE, desc = "What was taken out was whole, or nothing was there yet.")
@Outcome(id = NegativeControl.TORN, expect = ACCEPTABLE_INTERESTING, desc = "The fault that the tests must find.")
@Outcome(expect = FORBIDDEN, desc = "No other fault was put in.")
public class QueueNegativeControl {

    private static final int OFFERED = 8;

    private final BrokenQueue queue = new BrokenQueue(OFFERED);

    @Actor
    public void writer() {
        for (int k = 0; k < OFFERED; k++) {
            queue.offer(Parcel.numberOf(0, k));
        }
    }

    @Actor
    public void reader(L_Result result) {
        int number = 0;
        for (int look = 0; look < Ramp.QUESTIONS && number >= 0; look++) {
            number = queue.poll();
        }
        result.r1 = number < 0 ? NegativeControl.TORN : "whole";
    }
}
