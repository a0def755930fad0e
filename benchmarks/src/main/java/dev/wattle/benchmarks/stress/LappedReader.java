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
 * A reader asks for a record until it is lost, while the writer laps it three times.
 *
 * <p>Why no answer is torn: the stores of record k + capacity into the slot of k come after the intent k + capacity + 1
 * (release fence). A reader that copied one of them sees that intent or a later one after its acquire fence, and drops
 * the copy. Why it is never "not yet": the record was published before the actors started, and the tail only grows.
 */
final class LappedReader {

    private static final int ASKED = 3;
    private static final int FILLED = ASKED + 1;

    private LappedReader() {}

    /** The smallest ring: every other store of the writer goes to the slot being read. */
    @JCStressTest
    @State
    @Outcome(id = "whole", expect = ACCEPTABLE, desc = "The record was still held.")
    @Outcome(
            id = "lost",
            expect = ACCEPTABLE,
            desc = "The writer had overtaken the reader, and the reader detected it.")
    @Outcome(expect = FORBIDDEN, desc = "A mixture of two records, or a published record denied.")
    public static class ExactOfTwo {

        private final EnergyTimeline timeline = Ramp.timeline(2, FILLED);

        @Actor
        public void writer() {
            Ramp.append(timeline, FILLED, FILLED + 6);
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = askUntilLost(timeline, Ramp.nanosOf(ASKED));
        }
    }

    /** Two records make the answer, and either may be overwritten between their copies. */
    @JCStressTest
    @State
    @Outcome(id = "whole", expect = ACCEPTABLE, desc = "Both records were still held: exactly half way.")
    @Outcome(
            id = "lost",
            expect = ACCEPTABLE,
            desc = "The writer had overtaken the reader, and the reader detected it.")
    @Outcome(expect = FORBIDDEN, desc = "Interpolated between records that are no neighbours, or denied.")
    public static class InterpolatedOfFour {

        private final EnergyTimeline timeline = Ramp.timeline(4, FILLED);

        @Actor
        public void writer() {
            Ramp.append(timeline, FILLED, FILLED + 12);
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = askUntilLost(timeline, Ramp.nanosBefore(ASKED));
        }
    }

    private static String askUntilLost(EnergyTimeline timeline, long nanos) {
        String verdict = "";
        for (int question = 0; question < Ramp.QUESTIONS; question++) {
            verdict = Ramp.judge(nanos, timeline.microjoulesAt(nanos));
            if (!verdict.equals("whole")) {
                break;
            }
        }
        return verdict;
    }
}
