/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.energy;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** The laws of the timeline, against a list that keeps every record and divides without rounding. */
class EnergyTimelineLawsTest {

    private static final int CAPACITY = 64;

    @Property
    void agreesWithTheExactModelToAMicrojoule(
            @ForAll long seed, @ForAll long start, @ForAll @IntRange(min = 1, max = 300) int records) {
        Curve curve = new Curve(seed, start, records);

        for (int i = 0; i < 50; i++) {
            long instant = curve.anyInstant();
            long answer = curve.timeline.microjoulesAt(instant);
            if (curve.isHeld(instant)) {
                assertThat(answer).isBetween(curve.exactly(instant) - 1, curve.exactly(instant) + 1);
            } else {
                assertThat(answer).isEqualTo(EnergyTimeline.LOST);
            }
        }
    }

    @Property
    void windowsThatMeetAddUpToTheWhole(
            @ForAll long seed,
            @ForAll @LongRange(min = 2, max = 40) long cuts,
            @ForAll @IntRange(min = 2, max = 60) int n) {
        Curve curve = new Curve(seed, -1_000_000, n);
        long[] edges = curve.sortedInstants((int) cuts);

        long sum = 0;
        for (int i = 1; i < edges.length; i++) {
            sum += curve.timeline.microjoulesBetween(edges[i - 1], edges[i]);
        }

        assertThat(sum).isEqualTo(curve.timeline.microjoulesBetween(edges[0], edges[edges.length - 1]));
    }

    @Property
    void windowsOverEverythingHoldAllTheEnergy(@ForAll long seed, @ForAll @IntRange(min = 2, max = 60) int n) {
        Curve curve = new Curve(seed, 0, n);
        long[] edges = curve.sortedInstants(20);

        long sum = curve.timeline.microjoulesBetween(curve.first(), edges[0]);
        for (int i = 1; i < edges.length; i++) {
            sum += curve.timeline.microjoulesBetween(edges[i - 1], edges[i]);
        }
        sum += curve.timeline.microjoulesBetween(edges[edges.length - 1], curve.last());

        assertThat(sum).isEqualTo(curve.timeline.latestMicrojoules());
    }

    @Property
    void aLaterInstantNeverHasLess(@ForAll long seed, @ForAll @IntRange(min = 2, max = 60) int n) {
        Curve curve = new Curve(seed, 0, n);

        long before = 0;
        for (long instant : curve.sortedInstants(200)) {
            long now = curve.timeline.microjoulesAt(instant);
            assertThat(now).isGreaterThanOrEqualTo(before);
            before = now;
        }
    }

    @Property
    void anAnswerNeverChangesOnceItIsGiven(@ForAll long seed, @ForAll @IntRange(min = 2, max = 40) int n) {
        Curve curve = new Curve(seed, 0, n);
        long instant = curve.anyInstant();
        long answer = curve.timeline.microjoulesAt(instant);

        curve.grow(10);

        assertThat(curve.timeline.microjoulesAt(instant)).isEqualTo(answer);
    }

    private static final class Curve {
        final EnergyTimeline timeline = new EnergyTimeline(CAPACITY);
        private final List<long[]> model = new ArrayList<>();
        private final SplittableRandom random;

        Curve(long seed, long start, int records) {
            this.random = new SplittableRandom(seed);
            add(start, 0);
            grow(records - 1);
        }

        void grow(int records) {
            for (int i = 0; i < records; i++) {
                long[] newest = model.get(model.size() - 1);
                long wait = random.nextLong(1, random.nextBoolean() ? 10 : 60_000_000_000L);
                long energy = random.nextInt(3) == 0 ? 0 : random.nextLong(random.nextBoolean() ? 5 : 60_000_000_000L);
                add(newest[0] + wait, newest[1] + energy);
            }
        }

        private void add(long nanos, long microjoules) {
            timeline.append(nanos, microjoules);
            model.add(new long[] {nanos, microjoules});
        }

        long first() {
            return model.get(0)[0];
        }

        long last() {
            return model.get(model.size() - 1)[0];
        }

        /** The writer may be at the oldest slot at any moment, so a full ring holds one record less. */
        boolean isHeld(long instant) {
            return instant - model.get(Math.max(0, model.size() - CAPACITY + 1))[0] >= 0;
        }

        long anyInstant() {
            long[] any = model.get(random.nextInt(model.size()));
            return random.nextBoolean() ? any[0] : first() + random.nextLong(last() - first() + 1);
        }

        long[] sortedInstants(int count) {
            long[] instants = new long[count];
            Arrays.setAll(instants, i -> anyInstant());
            Arrays.sort(instants);
            return instants;
        }

        long exactly(long instant) {
            int later = 0;
            while (model.get(later)[0] - instant < 0) {
                later++;
            }
            long[] after = model.get(later);
            if (after[0] == instant) {
                return after[1];
            }
            long[] before = model.get(later - 1);
            return BigInteger.valueOf(after[1] - before[1])
                    .multiply(BigInteger.valueOf(instant - before[0]))
                    .divide(BigInteger.valueOf(after[0] - before[0]))
                    .add(BigInteger.valueOf(before[1]))
                    .longValueExact();
        }
    }
}
