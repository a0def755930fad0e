/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.Readings;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RehearsalTest {

    private static final long TICK = 100_000_000L;
    private static final long SECOND = 1_000_000_000L;

    private final FakeClock clock = new FakeClock();
    private final ScriptedProbe standIn = new ScriptedProbe(clock, Domains.processor(0));
    private final Rehearsal rehearsal = Rehearsal.of(List.of(new Rehearsed(standIn)), clock, TICK);

    @Test
    void leavesAShortRunAlone() {
        clock.advance(9 * SECOND);

        assertThat(rehearsal.isDue()).isFalse();
    }

    @Test
    void readsTheStandInsOftenEnoughToHaveThemCompiledAndThenEnds() {
        clock.advance(10 * SECOND);
        while (rehearsal.isDue()) {
            rehearsal.step();
        }

        // The JDK compiles with its last compiler after 5000 calls (Tier4InvocationThreshold).
        assertThat(standIn.reads).isBetween(5_000, 10_000);
        assertThat(standIn.closed).isEqualTo(1);
    }

    @Test
    void aStepCostsAMachineOfManyDomainsNoMore() {
        EnergyDomain[] domains =
                IntStream.range(0, 16).mapToObj(Domains::processor).toArray(EnergyDomain[]::new);
        ScriptedProbe many = new ScriptedProbe(clock, domains);
        Rehearsal rehearsalOfMany = Rehearsal.of(List.of(new Rehearsed(many)), clock, TICK);

        rehearsalOfMany.step();

        assertThat(IntStream.of(many.asked).sum()).isBetween(100, 200);
    }

    @Test
    void isNeverDueWhereNoProbeHasAStandIn() {
        Rehearsal empty = Rehearsal.of(List.of(standIn), clock, TICK);
        clock.advance(60 * SECOND);

        assertThat(empty.isDue()).isFalse();
    }

    private record Rehearsed(ScriptedProbe twin) implements EnergyProbe {
        @Override
        public String name() {
            return "rehearsed";
        }

        @Override
        public List<EnergyDomain> domains() {
            return twin.domains();
        }

        @Override
        public Optional<EnergyProbe> standIn() {
            return Optional.of(twin);
        }

        @Override
        public void read(Readings into) {
            throw new IllegalStateException("a rehearsal must not read the real thing");
        }

        @Override
        public void close() {}
    }
}
