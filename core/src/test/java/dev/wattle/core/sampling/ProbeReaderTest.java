/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.within;

import dev.wattle.core.domain.Coverage;
import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.domain.Domains;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.time.FakeClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProbeReaderTest {

    private static final long TICK = 100_000_000L;
    private static final long SECOND = 1_000_000_000L;

    private final FakeClock clock = new FakeClock();
    private final List<String> log = new ArrayList<>();

    @Test
    void metersEachReadingInItsDomain() {
        ScriptedProbe probe = new ScriptedProbe(clock, Domains.processor(0), Domains.powerBoard(0, 0));
        ProbeReader reader = reader(probe);
        probe.values[1] = 300_000_000;
        sweeps(reader, 1);
        probe.values[0] = 5_000_000;
        sweeps(reader, 1);

        assertThat(reader.meters().get(0).microjoules()).isEqualTo(5_000_000);
        assertThat(reader.meters().get(1).microjoules()).isBetween(30_000_000L, 30_010_000L);
    }

    @Test
    void datesAReadingToTheMiddleOfItsCall() {
        ScriptedProbe probe = new ScriptedProbe(clock, Domains.board(0));
        probe.callNanos = 1_000_000;
        ProbeReader reader = reader(probe);
        long before = clock.nanoTime();
        reader.sample();

        assertThat(reader.meters().get(0).timeline().latestNanos()).isEqualTo(before + 500_000);
    }

    @Test
    void doublesTheWaitAfterEachFailure() {
        ScriptedProbe probe = failing(Domains.board(0));
        ProbeReader reader = reader(probe);
        List<Integer> askedAt = new ArrayList<>();
        for (int tick = 0; tick < 130; tick++) {
            int before = probe.asked[0];
            sweeps(reader, 1);
            if (probe.asked[0] > before) {
                askedAt.add(tick);
            }
        }

        assertThat(askedAt).containsExactly(0, 1, 3, 7, 15, 31, 63, 127);
    }

    @Test
    void logsOnceThatADomainIsGone() {
        ProbeReader reader = reader(failing(Domains.board(0)));
        sweeps(reader, 2_000);

        assertThat(log)
                .singleElement()
                .asString()
                .contains("gpu-0 (scripted) has failed 8 times in a row")
                .contains("every 30 s");
    }

    @Test
    void triesADomainThatIsGoneEveryHalfMinute() {
        ScriptedProbe probe = failing(Domains.board(0));
        ProbeReader reader = reader(probe);
        sweeps(reader, 200);
        int before = probe.asked[0];
        sweeps(reader, 3_000);

        assertThat(probe.asked[0] - before).isEqualTo(10);
    }

    @Test
    void neverWaitsMoreThanHalfAMinute() {
        ScriptedProbe probe = failing(Domains.board(0));
        ProbeReader reader = new ProbeReader(probe, clock, 60 * SECOND, log::add);
        for (int tick = 0; tick < 20; tick++) {
            reader.sample();
            clock.advance(60 * SECOND);
        }

        assertThat(probe.asked[0]).isEqualTo(20);
    }

    @Test
    void metersOnWhereADomainAnswersAgain() {
        ScriptedProbe probe = new ScriptedProbe(clock, Domains.board(0));
        ProbeReader reader = reader(probe);
        sweeps(reader, 1);
        probe.broken[0] = true;
        sweeps(reader, 200);
        probe.broken[0] = false;
        probe.values[0] = 900_000_000;
        sweeps(reader, 302);

        DomainMeter meter = reader.meters().get(0);
        assertThat(meter.microjoules()).isEqualTo(900_000_000);
        assertThat(meter.coverage().gaps()).isEqualTo(1);
        assertThat(log).hasSize(2).last().asString().contains("gpu-0 answers again");
        int before = probe.asked[0];
        sweeps(reader, 10);
        assertThat(probe.asked[0] - before).isEqualTo(10);
    }

    @Test
    void aDomainThatFailsDoesNotTouchItsNeighbour() {
        ScriptedProbe probe = new ScriptedProbe(clock, Domains.board(0), Domains.board(1));
        probe.broken[0] = true;
        ProbeReader reader = reader(probe);
        sweeps(reader, 50);

        assertThat(reader.meters().get(0).isKnown()).isFalse();
        assertThat(reader.meters().get(0).microwatts()).isEqualTo(DomainMeter.UNKNOWN);
        assertThat(probe.asked[1]).isEqualTo(50);
        assertThat(reader.meters().get(1).coverage().errors()).isZero();
    }

    @Test
    void anExceptionOutOfAReadFailsTheDomainsThatHadNotAnswered() {
        EnergyDomain[] domains = {Domains.board(0), Domains.board(1)};
        ScriptedProbe probe = new ScriptedProbe(clock, domains);
        probe.thrown = new IllegalStateException("driver unloaded");
        ProbeReader reader = reader(probe);

        assertThatCode(() -> sweeps(reader, 200)).doesNotThrowAnyException();

        assertThat(reader.errors()).isEqualTo(16);
        assertThat(reader.meters().get(1).coverage().errors()).isEqualTo(8);
        assertThat(log).hasSize(2).allSatisfy(line -> assertThat(line).contains("driver unloaded"));
    }

    @Test
    void metersABoardWhoseDriverAlwaysTakesMoreThanHalfOfAPeriod() {
        ScriptedProbe probe = new ScriptedProbe(clock, Domains.board(0));
        probe.callNanos = 60_000_000;
        ProbeReader reader = reader(probe);
        long start = clock.nanoTime();
        for (int reading = 0; reading < 100; reading++) {
            probe.values[0] = 300 * (clock.nanoTime() - start) / 1_000;
            sweeps(reader, 1);
        }
        DomainMeter meter = reader.meters().get(0);

        assertThat(meter.microjoules()).isCloseTo(300 * 98 * 160_000L, within(300 * 160_000L));
        assertThat(meter.microwatts()).isCloseTo(300_000_000, within(3_000_000L));
        assertThat(meter.coverage().gaps()).isZero();
        assertThat(reader.errors()).isZero();
    }

    @Test
    void aCallThatTookVeryLongOnceLosesNoEnergyAndMakesNoPeak() {
        for (boolean readAtItsEnd : new boolean[] {false, true}) {
            FakeClock time = new FakeClock();
            ScriptedProbe probe = new ScriptedProbe(time, Domains.board(0));
            ProbeReader reader = new ProbeReader(probe, time, TICK, log::add);
            long start = time.nanoTime();
            for (int reading = 0; reading < 200; reading++) {
                probe.callNanos = reading == 50 ? 20 * SECOND : 2_000;
                long value = time.nanoTime() - start + (readAtItsEnd ? probe.callNanos : 0);
                probe.values[0] = 100 * value / 1_000;
                reader.sample();
                reader.everySecond(time.nanoTime());
                time.advance(TICK - probe.callNanos % TICK);
            }
            DomainMeter meter = reader.meters().get(0);

            assertThat(meter.microjoules()).isCloseTo(100 * (199 * TICK + 20 * SECOND) / 1_000, within(1_000L));
            assertThat(meter.peakMicrowatts()).isCloseTo(100_000_000, within(1_000_000L));
            assertThat(meter.coverage().gapNanos()).isBetween(20 * SECOND, 20 * SECOND + 3 * TICK);
            assertThat(reader.errors()).isZero();
        }
    }

    @Test
    void theFirstAndTheLastReadingMakeNoPeakHoweverLongTheyTake() {
        ScriptedProbe probe = new ScriptedProbe(clock, Domains.board(0));
        ProbeReader reader = reader(probe);
        long start = clock.nanoTime();
        probe.callNanos = 10 * SECOND;
        reader.sample();
        probe.callNanos = 2_000;
        for (int reading = 0; reading < 30; reading++) {
            probe.values[0] = 100 * (clock.nanoTime() - start) / 1_000;
            sweeps(reader, 1);
            reader.everySecond(clock.nanoTime());
        }
        probe.callNanos = 3 * SECOND;
        probe.values[0] = 100 * (clock.nanoTime() + 3 * SECOND - start) / 1_000;
        reader.sampleLast();
        reader.everySecond(clock.nanoTime());

        assertThat(reader.meters().get(0).peakMicrowatts()).isCloseTo(100_000_000, within(1_000_000L));
        assertThat(reader.meters().get(0).microjoules()).isEqualTo(probe.values[0]);
    }

    @Test
    void readsACounterWhoseRangeIsSmallMoreOftenThanTheIntervalAsks() {
        ProbeReader large =
                new ProbeReader(new ScriptedProbe(clock, Domains.processor(0)), clock, 60 * SECOND, log::add);
        ProbeReader board = new ProbeReader(new ScriptedProbe(clock, Domains.board(0)), clock, 60 * SECOND, log::add);

        // 262 kJ last 131 s at the highest plausible power of a processor; a sixteenth of that may pass.
        assertThat(large.wantedPeriodNanos()).isBetween(8 * SECOND, 9 * SECOND);
        assertThat(board.wantedPeriodNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aRetiredDomainIsNotReadAndHasNoGap() {
        ScriptedProbe probe = new ScriptedProbe(clock, Domains.board(0));
        ProbeReader reader = reader(probe);
        sweeps(reader, 3);
        reader.meters().get(0).retire();
        int asked = probe.asked[0];
        sweeps(reader, 100);

        assertThat(probe.asked[0]).isEqualTo(asked);
        assertThat(reader.meters().get(0).isRetired()).isTrue();
        assertThat(reader.meters().get(0).coverage().gapNanos()).isZero();
    }

    @Test
    void takesACallOfMillisecondsAtTheShortestPeriods() {
        ScriptedProbe probe = new ScriptedProbe(clock, Domains.board(0));
        probe.callNanos = 9_000_000;
        ProbeReader reader = new ProbeReader(probe, clock, 1_000_000, log::add);
        reader.sample();

        assertThat(reader.meters().get(0).isKnown()).isTrue();
    }

    @Test
    void aRefusedReadingIsNoError() {
        ScriptedProbe probe = new ScriptedProbe(clock, Domains.board(0));
        probe.values[0] = 900_000_000_000L;
        ProbeReader reader = reader(probe);
        sweeps(reader, 1);
        probe.values[0] = 0;
        sweeps(reader, 1);

        assertThat(reader.errors()).isZero();
        assertThat(reader.meters().get(0).coverage().rejected()).isEqualTo(1);
    }

    @Test
    void closesItsProbeOnce() {
        ScriptedProbe probe = new ScriptedProbe(clock, Domains.board(0));
        ProbeReader reader = reader(probe);
        reader.close();
        reader.close();

        assertThat(probe.closed).isEqualTo(1);
    }

    @Test
    void aGapGrowsWhileADomainDoesNotAnswer() {
        ScriptedProbe probe = new ScriptedProbe(clock, Domains.board(0));
        probe.callNanos = 0;
        ProbeReader reader = reader(probe);
        sweeps(reader, 11);
        probe.broken[0] = true;
        sweeps(reader, 1_000);
        Coverage coverage = reader.meters().get(0).coverage();

        assertThat(coverage.gaps()).isEqualTo(1);
        assertThat(coverage.gapNanos()).isBetween(100 * SECOND, 100 * SECOND + TICK);

        probe.broken[0] = false;
        sweeps(reader, 400);
        DomainMeter meter = reader.meters().get(0);
        assertThat(coverage.gaps()).isEqualTo(1);
        assertThat(coverage.coveredNanos() + coverage.gapNanos()).isEqualTo((11 + 1_000 + 400 - 1) * TICK);
        assertThat(coverage.errors()).isEqualTo(reader.errors());
        assertThat(meter.isKnown()).isTrue();
    }

    @Test
    void anActionThatThrowsHarmsNeitherTheOthersNorTheReading() {
        ScriptedProbe probe = new ScriptedProbe(clock, Domains.board(0), Domains.board(1));
        ProbeReader reader = reader(probe);
        List<String> ran = new ArrayList<>();
        reader.meters().get(0).whenKnown(() -> {
            throw new IllegalArgumentException("there is already a meter of that name");
        });
        reader.meters().get(0).whenKnown(() -> ran.add("second"));
        reader.sample();

        assertThat(ran).containsExactly("second");
        assertThat(reader.errors()).isZero();
        assertThat(reader.meters().get(1).isKnown()).isTrue();
        assertThat(log).singleElement().asString().contains("there is already a meter of that name");
    }

    @Test
    void aSilentDomainIsAskedEveryTickAndIsNoError() {
        ScriptedProbe probe = new ScriptedProbe(clock, Domains.powerBoard(0, 0));
        probe.silent[0] = true;
        ProbeReader reader = reader(probe);
        sweeps(reader, 600);

        assertThat(probe.asked[0]).isEqualTo(600);
        assertThat(reader.errors()).isZero();
        assertThat(reader.meters().get(0).isKnown()).isFalse();
        assertThat(log).isEmpty();
    }

    private ScriptedProbe failing(EnergyDomain domain) {
        ScriptedProbe probe = new ScriptedProbe(clock, domain);
        probe.callNanos = 0;
        probe.broken[0] = true;
        return probe;
    }

    private ProbeReader reader(ScriptedProbe probe) {
        return new ProbeReader(probe, clock, TICK, log::add);
    }

    private void sweeps(ProbeReader reader, int count) {
        for (int i = 0; i < count; i++) {
            reader.sample();
            clock.advance(TICK);
        }
    }

    @Test
    void runsWaitingActionsAtTheFirstReading() {
        List<String> ran = new ArrayList<>();
        ProbeReader reader = new ProbeReader(new ScriptedProbe(clock, Domains.board(0)), clock, TICK, ran::add);
        reader.meters().get(0).whenKnown(() -> ran.add("early"));
        assertThat(ran).isEmpty();
        reader.meters().get(0).whenKnown(() -> ran.add("waiting"));
        reader.sample();
        reader.sample();
        reader.meters().get(0).whenKnown(() -> ran.add("late"));

        assertThat(ran).containsExactly("early", "waiting", "late");
    }
}
