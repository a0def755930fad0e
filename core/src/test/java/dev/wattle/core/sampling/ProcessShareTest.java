/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.domain.Domains;
import dev.wattle.core.time.FakeClock;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessShareTest {

    private static final long SECOND = 1_000_000_000L;

    private final FakeClock clock = new FakeClock();
    private final DomainMeter meter = new DomainMeter(Domains.processor(0), clock, SECOND);
    private long counter;

    @Test
    void isUnknownUntilAStretchHasPassed() {
        Times times = new Times();
        ProcessShare share = share(times);
        share.update();

        assertThat(share.isKnown()).isFalse();
        stretch(times, 1, 4, 0);
        share.update();
        assertThat(share.isKnown()).isTrue();
    }

    @Test
    void chargesThePartOfAllProcessorTimeIdleIncluded() {
        Times times = new Times();
        ProcessShare share = share(times);
        share.update();
        stretch(times, SECOND, 8 * SECOND, 80_000_000);
        share.update();

        assertThat(share.microjoules(0)).isEqualTo(10_000_000);
    }

    @Test
    void neverChargesMoreThanThereIs() {
        Times times = new Times();
        ProcessShare share = share(times);
        share.update();
        stretch(times, 9 * SECOND, 8 * SECOND, 80_000_000);
        share.update();

        assertThat(share.microjoules(0)).isEqualTo(80_000_000);
    }

    @Test
    void neverTakesAChargeBack() {
        Times times = new Times();
        ProcessShare share = share(times);
        share.update();
        stretch(times, 4 * SECOND, 8 * SECOND, 80_000_000);
        share.update();
        stretch(times, -SECOND, 8 * SECOND, 80_000_000);
        share.update();

        assertThat(share.microjoules(0)).isEqualTo(40_000_000);
    }

    @Test
    void chargesAStretchInWhichTimesCouldNotBeReadWithTheNextOne() {
        Times times = new Times();
        ProcessShare share = share(times);
        share.update();
        stretch(times, SECOND, 4 * SECOND, 40_000_000);
        times.readable = false;
        share.update();
        assertThat(share.microjoules(0)).isZero();
        stretch(times, SECOND, 4 * SECOND, 40_000_000);
        times.readable = true;
        share.update();

        assertThat(share.microjoules(0)).isEqualTo(20_000_000);
    }

    @Test
    void waitsWhereTheMachinesTimeHasNotMoved() {
        Times times = new Times();
        ProcessShare share = share(times);
        share.update();
        stretch(times, SECOND, 0, 40_000_000);
        share.update();
        assertThat(share.microjoules(0)).isZero();
        stretch(times, SECOND, 8 * SECOND, 40_000_000);
        share.update();

        assertThat(share.microjoules(0)).isEqualTo(20_000_000);
    }

    @Test
    void carriesWhatIsBelowAMicrojoule() {
        Times times = new Times();
        ProcessShare share = share(times);
        share.update();
        for (int i = 0; i < 1_000; i++) {
            stretch(times, SECOND, 4 * SECOND, 1);
            share.update();
        }

        assertThat(share.microjoules(0)).isEqualTo(250);
    }

    @Test
    void continuesAfterTheMachinesTimeRestarted() {
        Times times = new Times();
        ProcessShare share = share(times);
        share.update();
        stretch(times, SECOND, -9_000 * SECOND, 80_000_000);
        share.update();
        stretch(times, SECOND, 8 * SECOND, 80_000_000);
        share.update();

        assertThat(share.microjoules(0)).isEqualTo(10_000_000);
    }

    private ProcessShare share(Times times) {
        meter.counter(clock.nanoTime(), counter);
        return new ProcessShare(times, List.of(meter));
    }

    private void stretch(Times times, long processNanos, long machineNanos, long microjoules) {
        times.process += processNanos;
        times.machine += machineNanos;
        clock.advance(SECOND);
        counter += microjoules;
        meter.counter(clock.nanoTime(), counter);
    }

    static class Times implements ProcessorTimes {
        long process = 77 * SECOND;
        long machine = 9_999 * SECOND;
        boolean readable = true;

        @Override
        public boolean refresh() {
            return readable;
        }

        @Override
        public long processNanos() {
            return process;
        }

        @Override
        public long machineTotalNanos() {
            return machine;
        }
    }
}
