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
 * A reader asks twice in a row while the writer laps it.
 *
 * <p>Why the second answer never contradicts the first: each answer comes from whole records, which do not change while they
 * are held, and the tail that a reader sees only grows. The answer for an instant goes from "not yet" to its value to
 * "lost", never back.
 */
final class SuccessiveReads {

    private static final int HELD = 4;

    private SuccessiveReads() {}

    /** The later of two instants between the same records never has less. */
    @JCStressTest
    @State
    @Outcome(id = "rises", expect = ACCEPTABLE, desc = "Both were answered, in order.")
    @Outcome(id = "denied", expect = ACCEPTABLE, desc = "One of them was not yet there or no longer held.")
    @Outcome(expect = FORBIDDEN, desc = "The energy fell with time.")
    public static class LaterInstant {

        private final EnergyTimeline timeline = Ramp.timeline(HELD, HELD);

        @Actor
        public void writer() {
            Ramp.append(timeline, HELD, HELD + 8);
        }

        @Actor
        public void reader(L_Result result) {
            String verdict = "rises";
            for (int question = 0; question < Ramp.QUESTIONS && verdict.equals("rises"); question++) {
                long earlier = timeline.microjoulesAt(Ramp.nanosBefore(HELD - 1));
                long later = timeline.microjoulesAt(Ramp.nanosBefore(HELD - 1) + 1);
                verdict = earlier < 0 || later < 0 ? "denied" : later > earlier ? "rises" : "fell";
            }
            result.r1 = verdict;
        }
    }

    /** One instant asked twice: from "not yet" to its value to "lost". */
    @JCStressTest
    @State
    @Outcome(id = "same", expect = ACCEPTABLE, desc = "Twice the same.")
    @Outcome(id = "onward", expect = ACCEPTABLE, desc = "Published or overwritten in between.")
    @Outcome(expect = FORBIDDEN, desc = "Another value, or a step back.")
    public static class SameInstant {

        private final EnergyTimeline timeline = Ramp.timeline(HELD, HELD);

        @Actor
        public void writer() {
            Ramp.append(timeline, HELD, HELD + 8);
        }

        @Actor
        public void reader(L_Result result) {
            long nanos = Ramp.nanosBefore(HELD);
            String verdict = "same";
            for (int question = 0; question < Ramp.QUESTIONS && verdict.equals("same"); question++) {
                long first = timeline.microjoulesAt(nanos);
                long second = timeline.microjoulesAt(nanos);
                boolean onward = first == EnergyTimeline.NOT_YET || second == EnergyTimeline.LOST;
                verdict = first == second ? "same" : onward ? "onward" : "back";
            }
            result.r1 = verdict;
        }
    }
}
