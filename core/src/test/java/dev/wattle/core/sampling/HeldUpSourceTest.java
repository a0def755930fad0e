/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.domain.Domains;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.Readings;
import dev.wattle.core.sampling.HeldUpSource.At;
import dev.wattle.core.time.SamplingClock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A whole meter with a source that does not answer and others that do. */
@Timeout(60)
class HeldUpSourceTest {

    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000_000_000L;

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final MeterThreads threads = new MeterThreads();
    private final HeldUpSource driver = new HeldUpSource("nvml", Domains.board(0));
    private final HeldUpSource bus = new HeldUpSource("hwmon", Domains.board(1));
    private final AtomicLong aheadNanos = new AtomicLong();
    private final PlainProbe plain = new PlainProbe();
    private final EnergyMeter meter = EnergyMeter.start(
            List.of(plain), List.of(driver, bus), MILLI, Optional.empty(), threads, ahead(), log::add);

    @AfterEach
    void release() {
        driver.released.countDown();
        meter.close();
    }

    /** Real time, and some more of it where a test says so. */
    private SamplingClock ahead() {
        SamplingClock system = SamplingClock.system();
        return new SamplingClock() {
            @Override
            public long nanoTime() {
                return system.nanoTime() + aheadNanos.get();
            }

            @Override
            public long wallMillis() {
                return system.wallMillis() + aheadNanos.get() / MILLI;
            }

            @Override
            public void parkUntil(long nanos) {
                system.parkUntil(Math.min(nanos - aheadNanos.get(), system.nanoTime() + 10 * MILLI));
            }
        };
    }

    @Test
    void whatAnswersIsMeteredWhileASourceHangsInAReading() {
        await(() -> driver.reads > 2 && bus.reads > 2);
        driver.holdAt(At.READING);
        await(() -> driver.held);
        long others = bus.reads;
        long ours = plain.reads;
        await(() -> bus.reads > others + 20 && plain.reads > ours + 20);

        assertThat(driver.released.getCount()).isEqualTo(1);
    }

    @Test
    void logsOnceThatASourceDoesNotAnswerAndThatItAnswersAgain() {
        await(() -> meter.domains().size() == 3 && driver.reads > 2);
        DomainMeter board = board(0);
        driver.holdAt(At.READING);
        await(() -> driver.held);
        aheadNanos.addAndGet(3 * SECOND);
        await(() -> !log.isEmpty());

        assertThat(log)
                .singleElement()
                .asString()
                .startsWith("nvml has not answered for ")
                .contains("the energy of gpu-0 is not known meanwhile. Turn it off and on again.");
        assertThat(meter.unanswered()).singleElement().satisfies(silent -> {
            assertThat(silent.source()).isEqualTo("nvml");
            assertThat(silent.devices()).containsExactly("gpu-0");
        });
        long gap = board.coverage().gapNanos();
        assertThat(gap).isGreaterThanOrEqualTo(3 * SECOND);
        aheadNanos.addAndGet(5 * SECOND);
        assertThat(board.coverage().gapNanos()).isGreaterThanOrEqualTo(gap + 5 * SECOND);
        driver.released.countDown();
        aheadNanos.addAndGet(SECOND);
        await(() -> log.size() == 2);

        assertThat(log.get(1)).startsWith("nvml answers again, after some ");
        assertThat(meter.unanswered()).isEmpty();
        long reads = driver.reads;
        await(() -> driver.reads > reads + 2);
        await(() -> board.microjoules() >= reads * 1_000);
    }

    @Test
    void aSourceThatAnswersLateJoinsLate() {
        HeldUpSource late = new HeldUpSource("nvml", Domains.board(0)).holdAt(At.LOOK);
        EnergyMeter other = EnergyMeter.start(
                List.of(new PlainProbe()), List.of(late), MILLI, Optional.empty(), threads, ahead(), log::add);
        List<String> joined = new CopyOnWriteArrayList<>();
        other.whenJoined(domain -> joined.add(domain.domain().device()));
        await(() -> late.held && other.domains().get(0).microjoules() > 5_000);
        assertThat(joined).containsExactly("package-0");
        assertThat(other.isSettled()).isFalse();
        aheadNanos.addAndGet(6 * SECOND);
        await(() -> !log.isEmpty());
        assertThat(log)
                .singleElement()
                .asString()
                .contains("nvml has not answered for ")
                .contains("nothing of it is metered yet");
        assertThat(other.unanswered())
                .singleElement()
                .satisfies(silent -> assertThat(silent.devices()).isEmpty());
        late.released.countDown();
        await(() -> joined.size() == 2 && other.isSettled());

        assertThat(joined).containsExactly("package-0", "gpu-0");
        await(() -> other.domains().get(1).microjoules() > 5_000);
        other.close();
        assertThat(other.domains().get(1).microjoules()).isEqualTo((late.reads - 1) * 1_000);
        assertThat(late.closed).isTrue();
    }

    @ParameterizedTest
    @EnumSource(At.class)
    void theHealthyHaveTheirLastReadingWhateverTheOthersDo(At at) {
        HeldUpSource stuck = new HeldUpSource("nvml", Domains.board(0));
        HeldUpSource healthy = new HeldUpSource("hwmon", Domains.board(1));
        if (at == At.LOOK) {
            stuck.holdAt(at);
        }
        PlainProbe files = new PlainProbe();
        EnergyMeter other = EnergyMeter.start(
                List.of(files),
                List.of(stuck, healthy),
                MILLI,
                Optional.empty(),
                threads,
                SamplingClock.system(),
                log::add);
        await(() -> healthy.reads > 3 && (at == At.LOOK ? stuck.held : stuck.reads > 3));
        if (at != At.LOOK) {
            stuck.holdAt(at);
        }
        other.close();
        stuck.heldAt = null;

        assertThat(healthy.closed).isTrue();
        assertThat(meterOf(other, "gpu-1").microjoules()).isEqualTo((healthy.reads - 1) * 1_000);
        assertThat(meterOf(other, "package-0").microjoules()).isEqualTo((files.reads - 1) * 1_000);
        assertThat(other.isClosed()).isTrue();
        long before = other.microjoules();
        stuck.released.countDown();
        await(() -> stuck.closed && stuck.thread != null && !stuck.thread.isAlive());
        assertThat(other.microjoules()).as("nothing comes after the end").isEqualTo(before);
    }

    /** On a clock that moves only while the end waits for what hangs, so that no load of the machine counts. */
    @ParameterizedTest
    @EnumSource(At.class)
    void theEndWaitsAtMostAFifthOfASecondForASourceThatHangs(At at) {
        HeldUpSource stuck = new HeldUpSource("nvml", Domains.board(0));
        HeldUpSource healthy = new HeldUpSource("hwmon", Domains.board(1));
        EndClock time = new EndClock(() -> stuck.held && healthy.closed);
        if (at == At.LOOK) {
            stuck.holdAt(at);
        }
        EnergyMeter other = EnergyMeter.start(
                List.of(new PlainProbe()), List.of(stuck, healthy), MILLI, Optional.empty(), threads, time, log::add);
        await(() -> time.pass(MILLI) && healthy.reads > 3 && (at == At.LOOK ? stuck.held : stuck.reads > 3));
        if (at == At.READING) {
            stuck.holdAt(at);
            await(() -> time.pass(MILLI) && stuck.held);
        } else if (at == At.CLOSING) {
            stuck.holdAt(at);
        }
        long before = time.nanoTime();
        other.close();
        long waited = time.nanoTime() - before;
        stuck.released.countDown();

        assertThat(waited).isLessThanOrEqualTo(200 * MILLI);
        assertThat(healthy.closed).isTrue();
    }

    @Test
    void thereIsOneThreadForASourceHoweverLongItHangs() {
        await(() -> driver.reads > 2);
        driver.holdAt(At.READING);
        await(() -> driver.held);
        aheadNanos.addAndGet(3_600 * SECOND);
        long reads = plain.reads;
        await(() -> plain.reads > reads + 50);

        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .filter("wattle-source-nvml"::equals))
                .hasSize(1);
    }

    private static DomainMeter meterOf(EnergyMeter of, String device) {
        return of.domains().stream()
                .filter(domain -> domain.domain().device().equals(device))
                .findFirst()
                .orElseThrow();
    }

    private DomainMeter board(int index) {
        return meterOf(meter, "gpu-" + index);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + 20_000 * MILLI;
        while (!condition.getAsBoolean()) {
            assertThat(deadline - System.nanoTime()).as("time left").isPositive();
            LockSupport.parkNanos(MILLI);
        }
    }

    /** Moves where the thread that made it waits and the condition holds, and where a test moves it. */
    private static final class EndClock implements SamplingClock {
        private final Thread owner = Thread.currentThread();
        private final AtomicLong nanos = new AtomicLong(SECOND);
        private final BooleanSupplier moves;

        EndClock(BooleanSupplier moves) {
            this.moves = moves;
        }

        boolean pass(long elapsed) {
            nanos.addAndGet(elapsed);
            return true;
        }

        @Override
        public long nanoTime() {
            return nanos.get();
        }

        @Override
        public long wallMillis() {
            return nanoTime() / MILLI;
        }

        @Override
        public void parkUntil(long instant) {
            if (Thread.currentThread() == owner && moves.getAsBoolean()) {
                nanos.accumulateAndGet(instant, Math::max);
            }
            LockSupport.parkNanos(MILLI / 10);
        }
    }

    /** Gains a millijoule a reading. */
    private static final class PlainProbe implements EnergyProbe {
        volatile long reads;

        @Override
        public String name() {
            return "powercap";
        }

        @Override
        public List<EnergyDomain> domains() {
            return List.of(Domains.processor(0));
        }

        @Override
        public void read(Readings into) {
            long now = into.nanoTime();
            into.counter(0, now, now, reads * 1_000);
            reads = reads + 1;
        }

        @Override
        public void close() {}
    }
}
