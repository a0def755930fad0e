/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.wattle.EnergyWindow;
import dev.wattle.TrainingEpoch;
import dev.wattle.Wattle;
import dev.wattle.core.boundary.Boundary;
import dev.wattle.core.boundary.BoundaryEvent;
import dev.wattle.core.boundary.BoundaryQueue;
import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.MetricNames;
import dev.wattle.core.boundary.ProgramEpochs;
import dev.wattle.core.boundary.TrainingNames;
import dev.wattle.core.epoch.TrainingObserver;
import dev.wattle.core.epoch.WindowRecord;
import dev.wattle.core.epoch.WindowTotals;
import dev.wattle.core.sampling.SteppedMeter;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Windows and epochs of the program, on a meter whose two counters run at 100 W and 7 W. */
class ProgramMeterTest {

    private final SteppedMeter meter = SteppedMeter.of(SteppedMeter.watts(100), SteppedMeter.watts(7));
    private final BoundaryQueue queue = new BoundaryQueue(256);
    private final TrainingNames trainings = new TrainingNames();
    private final MetricNames metrics = new MetricNames();
    private final List<WindowRecord> recorded = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private final ProgramMeter program = programOf(meter);

    @AfterEach
    void close() {
        program.end(meter.nanoTime());
        meter.close();
    }

    @Test
    void aWindowBetweenReadingsHasTheEnergyOfItsTimeExactly() {
        meter.advance(230_000_017L);
        EnergyWindow window = program.window("preprocess");
        meter.advance(1_137_000_500L);
        window.close();
        meter.advanceMillis(100);
        resolve();

        assertThat(window.joules()).isEqualTo(1.1370005 * 107, within(2e-6));
        assertThat(window.joulesByDevice().get("package-0")).isEqualTo(113.70005, within(1e-6));
        assertThat(window.joulesByDevice().get("package-1")).isEqualTo(1.1370005 * 7, within(1e-6));
        assertThat(window.duration()).isEqualTo(Duration.ofNanos(1_137_000_500L));
        assertThat(window.quality()).isEqualTo("counter");
        assertThat(window.resolution()).isEqualTo(Duration.ofMillis(100));
        assertThat(window.belowResolution()).isFalse();
    }

    @Test
    void adjacentWindowsAddUpToTheWholeToTheMicrojoule() {
        meter.advance(310_000_001L);
        EnergyWindow whole = program.window("whole");
        for (int i = 0; i < 50; i++) {
            try (EnergyWindow part = program.window("part")) {
                assertThat(part.name()).isEqualTo("part");
                meter.advance(17_777_777L + i * 1_313_131L);
            }
        }
        whole.close();
        meter.advanceMillis(200);
        resolve();

        assertThat(program.totals()).extracting(WindowTotals::name).containsExactlyInAnyOrder("part", "whole");
        assertThat(totals("part").microjoules()).isEqualTo(totals("whole").microjoules());
        assertThat(totals("part").nanos()).isEqualTo(totals("whole").nanos());
        assertThat(totals("part").count()).isEqualTo(50);
    }

    @Test
    void windowsNestAndOverlapAndEachHasAllOfItsEnergy() {
        meter.advanceMillis(50);
        EnergyWindow outer = program.window("outer");
        meter.advanceMillis(1_000);
        EnergyWindow overlapping = program.window("overlapping");
        EnergyWindow inner = program.window("inner");
        meter.advanceMillis(1_000);
        inner.close();
        outer.close();
        meter.advanceMillis(1_000);
        overlapping.close();
        meter.advanceMillis(100);

        assertThat(outer.joules()).isEqualTo(214, within(1e-5));
        assertThat(inner.joules()).isEqualTo(107, within(1e-5));
        assertThat(overlapping.joules()).isEqualTo(214, within(1e-5));
    }

    @Test
    void aWindowMayBeClosedByAnotherThread() throws InterruptedException {
        meter.advanceMillis(50);
        EnergyWindow window = program.window("handed over");
        meter.advanceMillis(500);
        Thread other = new Thread(window::close);
        other.start();
        other.join();
        meter.advanceMillis(700);
        window.close();

        assertThat(window.duration()).isEqualTo(Duration.ofMillis(500));
        assertThat(window.joules()).isEqualTo(53.5, within(1e-5));
    }

    @Test
    void anOpenWindowHasItsEnergyUpToTheLastReading() {
        meter.advanceMillis(150);
        EnergyWindow window = program.window("open");

        assertThat(window.joules()).isNaN();
        meter.advanceMillis(170);
        assertThat(window.joules()).isEqualTo(0.15 * 107, within(1e-5));
        assertThat(window.joules()).isNotNaN();
    }

    @Test
    void aClosedWindowWaitsForTheNextReading() {
        meter.advanceMillis(150);
        EnergyWindow window = program.window("just closed");
        meter.advanceMillis(25);
        window.close();
        long closed = meter.nanoTime();

        assertThat(window.joules()).isEqualTo(0.025 * 107, within(1e-5));
        assertThat(meter.nanoTime() - closed).isBetween(25 * SteppedMeter.MILLI, 30 * SteppedMeter.MILLI);
        assertThat(window.belowResolution()).isTrue();
    }

    @Test
    void anInterruptedThreadDoesNotWaitAndStaysInterrupted() {
        meter.advanceMillis(150);
        EnergyWindow window = program.window("just closed");
        window.close();
        long closed = meter.nanoTime();
        Thread.currentThread().interrupt();
        double joules = window.joules();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(joules).isNaN();
        assertThat(meter.nanoTime()).isEqualTo(closed);
    }

    @Test
    void waitsTwoSecondsForADeviceThatDoesNotAnswerAndSaysThatItsEnergyIsMissing() {
        try (SteppedMeter broken = SteppedMeter.of(elapsed -> elapsed < SteppedMeter.PERIOD_NANOS ? 0 : -1)) {
            ProgramMeter onIt = programOf(broken);
            EnergyWindow window = onIt.window("of a counter that has stopped answering");
            broken.advanceMillis(50);
            window.close();
            long closed = broken.nanoTime();

            assertThat(window.joules()).isZero();
            assertThat(broken.nanoTime() - closed).isBetween(1_500 * SteppedMeter.MILLI, 2_000 * SteppedMeter.MILLI);
            assertThat(window.isComplete()).isFalse();
            onIt.resolve(broken.nanoTime());
            assertThat(onIt.totals())
                    .singleElement()
                    .satisfies(totals -> assertThat(totals.incomplete()).isEqualTo(1));
        }
    }

    @Test
    void theStartOfALongWindowOutlivesTheTimeline() {
        meter.advanceMillis(50);
        EnergyWindow window = program.window("long");
        meter.advanceMillis(100);
        resolve();
        long minutes = 20;
        meter.advanceMillis(minutes * 60_000);
        window.close();
        meter.advanceMillis(100);

        assertThat(window.joules()).isEqualTo((minutes * 60 + 0.1) * 107, within(1e-3));
        assertThat(window.isComplete()).isTrue();
    }

    @Test
    void theObserverReceivesEachWindowOnceItsEnergyIsKnown() {
        meter.advanceMillis(150);
        EnergyWindow window = program.window("recorded");
        meter.advanceMillis(500);
        window.close();
        resolve();
        assertThat(recorded).isEmpty();
        assertThat(program.isWaiting()).isTrue();
        meter.advanceMillis(100);
        resolve();
        resolve();

        assertThat(program.isWaiting()).isFalse();
        assertThat(recorded).singleElement().satisfies(record -> {
            assertThat(record.name()).isEqualTo("recorded");
            assertThat(record.started()).isEqualTo(Instant.parse("2026-11-22T00:00:00.150Z"));
            assertThat(record.nanos()).isEqualTo(500 * SteppedMeter.MILLI);
            assertThat(record.microjoules()).containsKeys(meter.domain(0), meter.domain(1));
            assertThat(record.totalMicrojoules()).isEqualTo(53_500_000);
            assertThat(record.belowResolution()).isFalse();
        });
    }

    @Test
    void anObserverThatFailsIsSaidOnceAndHarmsNoWindow() {
        ProgramMeter onFailing = new ProgramMeter(
                meter.meter(),
                queue,
                new ProgramEpochs(),
                trainings,
                metrics,
                new TrainingObserver() {
                    @Override
                    public void window(WindowRecord window) {
                        throw new IllegalStateException("full disk");
                    }
                },
                meter,
                log::add);
        onFailing.window("a").close();
        onFailing.window("b").close();
        meter.advanceMillis(200);
        onFailing.resolve(meter.nanoTime());

        assertThat(onFailing.totals()).hasSize(2);
        assertThat(log).singleElement().asString().contains("full disk");
    }

    @Test
    void sumsKnowMinimumMaximumAndHowManyWereShort() {
        meter.advanceMillis(50);
        for (int millis : new int[] {1_000, 100, 2_000}) {
            EnergyWindow window = program.window("step");
            meter.advanceMillis(millis);
            window.close();
        }
        meter.advanceMillis(100);
        resolve();

        WindowTotals step = totals("step");
        assertThat(step.count()).isEqualTo(3);
        assertThat(step.leastMicrojoules()).isEqualTo(10_700_000);
        assertThat(step.mostMicrojoules()).isEqualTo(214_000_000);
        assertThat(step.totalMicrojoules()).isEqualTo(331_700_000);
        assertThat(step.belowResolution()).isEqualTo(1);
    }

    @Test
    void afterAThousandNamesFurtherWindowsAreSummedTogether() {
        for (int i = 0; i < 1_005; i++) {
            program.window("window " + i).close();
        }
        meter.advanceMillis(200);
        resolve();

        assertThat(program.totals()).hasSize(1_001);
        assertThat(totals(WindowTotals.OTHER).count()).isEqualTo(5);
    }

    @Test
    void windowsTooManyForOneReadingAreNotMeteredAndThatIsSaidOnce() {
        for (int i = 0; i < WindowRegistry.MAX_WAITING; i++) {
            program.window("many").close();
        }
        EnergyWindow tooMany = program.window("many");
        tooMany.close();
        resolve();
        resolve();

        assertThat(tooMany.joules()).isNaN();
        assertThat(tooMany.quality()).isEqualTo("none");
        assertThat(tooMany.resolution()).isZero();
        assertThat(program.refused()).isEqualTo(1);
        assertThat(log).singleElement().asString().contains("8192 windows");

        meter.advanceMillis(100);
        resolve();
        assertThat(totals("many").count()).isEqualTo(WindowRegistry.MAX_WAITING);
        assertThat(program.window("again").quality()).isEqualTo("counter");
    }

    @Test
    void aWindowThatTheProgramLosesIsNotHeldAndOthersContinue() {
        for (int i = 0; i < 3; i++) {
            for (int lost = 0; lost < WindowRegistry.MAX_WAITING; lost++) {
                program.window("lost");
            }
            meter.advanceMillis(100);
            resolve();
        }
        WeakReference<EnergyWindow> lost = new WeakReference<>(program.window("lost"));
        meter.advanceMillis(100);
        resolve();

        assertThat(isCollected(lost)).isTrue();
        assertThat(program.refused()).isZero();
        assertThat(program.open()).isEqualTo(3L * WindowRegistry.MAX_WAITING + 1);
        assertThat(program.isWaiting()).isFalse();
    }

    @Test
    void afterTheEndWindowsKeepWhatIsKnownAndNothingIsHeld() {
        meter.advanceMillis(150);
        EnergyWindow closed = program.window("closed");
        EnergyWindow open = program.window("open");
        meter.advanceMillis(75);
        closed.close();
        meter.close();
        program.end(meter.nanoTime());
        open.close();

        assertThat(closed.joules()).isEqualTo(0.075 * 107, within(1e-5));
        assertThat(open.joules()).isEqualTo(0.075 * 107, within(1e-5));
        assertThat(program.isWaiting()).isFalse();
        assertThat(recorded).extracting(WindowRecord::name).containsExactly("closed");
        assertThat(program.window("late").quality()).isEqualTo("none");
    }

    @Test
    void whereNothingIsMeteredNothingIsKnown() {
        try (SteppedMeter bare = SteppedMeter.of()) {
            ProgramMeter onIt = programOf(bare);
            EnergyWindow window = onIt.window("anything");
            window.close();

            assertThat(window.joules()).isNaN();
            assertThat(window.joulesByDevice()).isEmpty();
            assertThat(window.quality()).isEqualTo("none");
            assertThat(window.resolution()).isZero();
        }
    }

    @Test
    void aDeviceThatWasNeverReadIsMissingAndNotZero() {
        try (SteppedMeter half = SteppedMeter.of(SteppedMeter.watts(10), elapsed -> -1)) {
            ProgramMeter onIt = programOf(half);
            EnergyWindow window = onIt.window("half");
            half.advanceMillis(1_000);
            window.close();
            half.advanceMillis(100);

            assertThat(window.joulesByDevice()).containsOnlyKeys("package-0");
            assertThat(window.joules()).isEqualTo(10, within(1e-5));
        }
    }

    @Test
    void manyThreadsAtOnceLoseNoWindow() throws InterruptedException {
        int threads = 4;
        int each = 1_000;
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread worker = new Thread(() -> {
                try {
                    start.await();
                } catch (InterruptedException e) {
                    return;
                }
                for (int n = 0; n < each; n++) {
                    program.window("parallel").close();
                }
            });
            workers.add(worker);
            worker.start();
        }
        start.countDown();
        while (workers.stream().anyMatch(Thread::isAlive)) {
            meter.advanceMillis(100);
            resolve();
        }
        meter.advanceMillis(200);
        resolve();

        assertThat(totals("parallel").count() + program.refused()).isEqualTo((long) threads * each);
        assertThat(recorded).hasSize((int) totals("parallel").count());
        assertThat(program.open()).isZero();
    }

    @Test
    @SuppressWarnings("deprecation") // threadId() is newer than the oldest JDK supported
    void anEpochReportsItsBoundariesInOrderAndIsAWindow() {
        meter.advanceMillis(150);
        long start = meter.nanoTime();
        TrainingEpoch epoch = program.epoch("digits", 20);
        meter.advanceMillis(300);
        epoch.iteration(64, 0.5);
        epoch.metric("accuracy", 0.93);
        meter.advanceMillis(200);
        epoch.close();
        epoch.close();
        meter.advanceMillis(100);
        resolve();

        int digits = trainings.subjectOf("digits");
        int accuracy = metrics.numberOf("accuracy");
        List<Reported> boundaries = drain();
        assertThat(boundaries)
                .containsExactly(
                        new Reported(Boundary.RUN_START, digits, start, 20, Double.NaN),
                        new Reported(Boundary.EPOCH_START, digits, start, Boundary.UNKNOWN, Double.NaN),
                        new Reported(Boundary.ITERATION, digits, start + 300 * SteppedMeter.MILLI, 64, 0.5),
                        new Reported(Boundary.METRIC, digits, start + 300 * SteppedMeter.MILLI, accuracy, 0.93),
                        new Reported(Boundary.EPOCH_END, digits, start + 500 * SteppedMeter.MILLI, start, Double.NaN));
        assertThat(trainings.nameOf(digits)).isEqualTo("digits");
        assertThat(digits).isNegative();
        assertThat(epoch.joules()).isEqualTo(53.5, within(1e-5));
        assertThat(epoch.name()).isEqualTo("digits");
        assertThat(recorded).as("recorded windows").isEmpty();
        assertThat(program.totals()).isEmpty();
    }

    @Test
    void whatAnEpochDoesNotReportIsUnknownAndWhatComesAfterItsEndIsIgnored() {
        TrainingEpoch epoch = program.epoch("digits", -3);
        epoch.iteration(-64, Double.NaN);
        epoch.metric("accuracy", Double.NaN);
        epoch.close();
        epoch.iteration(64, 0.5);
        epoch.metric("accuracy", 0.9);

        List<Reported> boundaries = drain();
        assertThat(boundaries)
                .extracting(Reported::boundary)
                .containsExactly(Boundary.RUN_START, Boundary.EPOCH_START, Boundary.ITERATION, Boundary.EPOCH_END);
        assertThat(boundaries.get(0).size()).isEqualTo(Boundary.UNKNOWN);
        assertThat(boundaries.get(2).size()).isEqualTo(Boundary.UNKNOWN);
    }

    @Test
    @SuppressWarnings("deprecation") // as above
    void anEpochsBoundariesAreOfTheThreadThatStartedIt() throws InterruptedException {
        TrainingEpoch epoch = program.epoch("digits", 0);
        Thread other = new Thread(() -> {
            epoch.iteration(1, 1);
            epoch.close();
        });
        other.start();
        other.join();

        BoundaryEvent event = new BoundaryEvent();
        for (int i = 0; i < 4; i++) {
            assertThat(queue.peek(event)).isTrue();
            assertThat(event.thread()).isEqualTo(Thread.currentThread().getId());
            queue.remove();
        }
    }

    @Test
    void noCallOfTheProgramWaitsForTheThreadThatLooksAtWindows() throws InterruptedException {
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        ProgramMeter watched = new ProgramMeter(
                meter.meter(),
                queue,
                new ProgramEpochs(),
                trainings,
                metrics,
                new TrainingObserver() {
                    @Override
                    public void window(WindowRecord window) {
                        looking.countDown();
                        try {
                            done.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    }
                },
                meter,
                log::add);
        watched.window("first").close();
        meter.advanceMillis(200);
        Thread looks = new Thread(() -> watched.resolve(meter.nanoTime()));
        looks.start();
        looking.await();

        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            watched.window("second").close();
            try (TrainingEpoch epoch = watched.epoch("a new name", 3)) {
                epoch.iteration(1, 1);
                epoch.metric("a new figure", 1);
            }
        });
        done.countDown();
        looks.join();
    }

    @Test
    @SuppressWarnings("NullAway") // a program may do it
    void whateverIsGivenNothingIsThrown() {
        for (int planned : new int[] {Integer.MIN_VALUE, -1, 0, Integer.MAX_VALUE}) {
            for (long samples : new long[] {Long.MIN_VALUE, -2, 0, Long.MAX_VALUE}) {
                for (double value : new double[] {
                    Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -Double.MAX_VALUE, Double.MIN_VALUE
                }) {
                    TrainingEpoch epoch = program.epoch("extreme", planned);
                    epoch.iteration(samples, value);
                    epoch.metric(null, value);
                    epoch.metric("", value);
                    epoch.metric("\uD83D".repeat(10_000), value);
                    epoch.close();
                    epoch.close();
                    epoch.iteration(samples, value);
                    assertThat(epoch.duration()).isZero();
                    drain();
                }
            }
        }
        for (int i = 0; i < 5_000; i++) {
            program.epoch("name " + i, 1).close();
            drain();
        }
        assertThat(trainings.nameOf(trainings.subjectOf("name 4999"))).isEqualTo("(other)");
    }

    @Test
    void whatWasOpenedBeforeTheMeterCameHasTheEnergyOfItsMeteredPart() {
        long before = SteppedMeter.instant(-400 * SteppedMeter.MILLI);
        EnergyWindow closed = program.window("closed", before, SteppedMeter.instant(100 * SteppedMeter.MILLI));
        EnergyWindow open = program.window("open", before, Wattle.Meter.OPEN);
        meter.advanceMillis(600);
        open.close();
        meter.advanceMillis(100);
        resolve();

        assertThat(closed.joules()).isEqualTo(10.7, within(1e-5));
        assertThat(closed.duration()).isEqualTo(Duration.ofMillis(500));
        assertThat(closed.metered()).isEqualTo(Duration.ofMillis(100));
        assertThat(open.joules()).isEqualTo(64.2, within(1e-5));
        assertThat(open.duration()).isEqualTo(Duration.ofMillis(1_000));
        assertThat(open.metered()).isEqualTo(Duration.ofMillis(600));
        assertThat(totals("open").unmeteredNanos()).isEqualTo(400 * SteppedMeter.MILLI);
        assertThat(program.window("later").metered()).isZero();
    }

    @Test
    void aMeterTakesOverWhatTheProgramOpenedBeforeItCame() {
        EnergyWindow window = Wattle.window("first statement");
        TrainingEpoch epoch = Wattle.epoch("digits", 2);
        epoch.iteration(64, 0.5);
        epoch.metric("accuracy", 0.9);
        TrainingEpoch over = Wattle.epoch("over", 1);
        over.iteration(8, 0.25);
        over.close();
        assertThat(window.quality()).isEqualTo("none");

        program.connect();
        meter.advanceMillis(500);
        epoch.iteration(32, 0.25);
        window.close();
        epoch.close();

        assertThat(window.quality()).isEqualTo("counter");
        int digits = trainings.subjectOf("digits");
        List<Reported> boundaries = drain();
        assertThat(boundaries.stream()
                        .filter(event -> event.subject() == digits)
                        .map(Reported::boundary))
                .containsExactly(
                        Boundary.RUN_START,
                        Boundary.EPOCH_START,
                        Boundary.ITERATION,
                        Boundary.METRIC,
                        Boundary.ITERATION,
                        Boundary.EPOCH_END);
        assertThat(boundaries.stream()
                        .filter(event -> event.subject() != digits)
                        .map(Reported::boundary))
                .containsExactly(Boundary.RUN_START, Boundary.EPOCH_START, Boundary.ITERATION, Boundary.EPOCH_END);
    }

    @Test
    void theProgramReachesItThroughTheApiUntilTheEnd() {
        program.connect();
        assertThat(Wattle.isMetering()).isTrue();
        EnergyWindow window = Wattle.window(" named ");
        assertThat(window).isInstanceOf(MeteredWindow.class);
        assertThat(window.name()).isEqualTo("named");

        program.end(meter.nanoTime());
        assertThat(Wattle.isMetering()).isFalse();
    }

    private ProgramMeter programOf(SteppedMeter stepped) {
        TrainingObserver observer = new TrainingObserver() {
            @Override
            public void window(WindowRecord window) {
                recorded.add(window);
            }
        };
        return new ProgramMeter(
                stepped.meter(), queue, new ProgramEpochs(), trainings, metrics, observer, stepped, log::add);
    }

    private void resolve() {
        program.resolve(meter.nanoTime());
    }

    private WindowTotals totals(String name) {
        return program.totals().stream()
                .filter(totals -> totals.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<Reported> drain() {
        List<Reported> boundaries = new ArrayList<>();
        BoundaryEvent event = new BoundaryEvent();
        while (queue.peek(event)) {
            assertThat(Boundary.frameworkOf(event.event())).isEqualTo(Framework.CUSTOM);
            boundaries.add(new Reported(
                    Boundary.ofEvent(event.event()), event.subject(), event.nanos(), event.size(), event.value()));
            queue.remove();
        }
        return boundaries;
    }

    private static boolean isCollected(WeakReference<?> reference) {
        for (int i = 0; i < 50 && reference.get() != null; i++) {
            System.gc();
        }
        return reference.get() == null;
    }

    private record Reported(Boundary boundary, int subject, long nanos, long size, double value) {}
}
