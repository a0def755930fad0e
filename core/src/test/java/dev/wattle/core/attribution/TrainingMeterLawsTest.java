/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.boundary.Boundary;
import dev.wattle.core.boundary.BoundaryQueue;
import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.FrameworkTotals;
import dev.wattle.core.boundary.MetricNames;
import dev.wattle.core.boundary.Phase;
import dev.wattle.core.boundary.TrainingNames;
import dev.wattle.core.epoch.PhaseEnergy;
import dev.wattle.core.epoch.TrainingObserver;
import dev.wattle.core.epoch.TrainingRecord;
import dev.wattle.core.epoch.TrainingSnapshot;
import dev.wattle.core.sampling.SteppedMeter;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever threads report, in any order: no energy is lost, doubled or negative. */
class TrainingMeterLawsTest {
    private static final int MODELS = 3;

    record Reported(long afterMillis, long thread, Framework framework, Boundary boundary, int subject, long size) {}

    @Property(tries = 200)
    void energyIsConservedDomainByDomain(@ForAll("stories") List<Reported> story) {
        SteppedMeter driven = SteppedMeter.of(nanos -> nanos / 33, nanos -> nanos / 1_000 * (nanos / 700_000_000));
        BoundaryQueue queue = new BoundaryQueue(64);
        TrainingMeter training = new TrainingMeter(
                driven.meter(), driven, new MetricNames(), new TrainingNames(), 0, new TrainingObserver() {});
        training.take(queue);
        TrainingSnapshot before = TrainingSnapshot.NONE;
        long millis = 0;
        for (Reported reported : story) {
            millis += reported.afterMillis();
            driven.runTo(millis * 1_000_000);
            queue.offer(
                    reported.boundary().eventOf(reported.framework()),
                    reported.framework() == Framework.CUSTOM ? -reported.subject() : reported.subject(),
                    reported.thread(),
                    SteppedMeter.instant(millis * 1_000_000),
                    reported.size(),
                    0.5);
            training.follow();
            TrainingSnapshot now = training.snapshot();
            assertAddsUp(driven, now);
            assertNothingFell(before, now);
            before = now;
        }
        driven.close();
        training.finish();

        TrainingSnapshot end = training.snapshot();
        assertAddsUp(driven, end);
        for (TrainingRecord record : end.trainings()) {
            long charged = record.microjoules().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            long inEpochs = record.epochs().stream()
                    .mapToLong(epoch ->
                            epoch.totalMicrojoules() - epoch.insideMicrojoules() + epoch.sinceLastMicrojoules())
                    .sum();
            assertThat(inEpochs).isLessThanOrEqualTo(charged);
            assertThat(record.epochs()).allMatch(epoch -> epoch.nanos() >= 0 && epoch.totalMicrojoules() >= 0);
        }
    }

    private static void assertNothingFell(TrainingSnapshot before, TrainingSnapshot now) {
        assertThat(now.frameworks().keySet()).containsAll(before.frameworks().keySet());
        before.frameworks().forEach((framework, was) -> {
            FrameworkTotals is = now.totals(framework);
            assertThat(is.epochs()).isGreaterThanOrEqualTo(was.epochs());
            assertThat(is.iterations()).isGreaterThanOrEqualTo(was.iterations());
            assertThat(is.samples()).isGreaterThanOrEqualTo(was.samples());
        });
        for (PhaseEnergy was : before.phases()) {
            if (was.phase() != Phase.PENDING) {
                was.microjoules()
                        .keySet()
                        .forEach(domain -> assertThat(now.microjoules(was.framework(), was.phase(), domain.component()))
                                .isGreaterThanOrEqualTo(
                                        before.microjoules(was.framework(), was.phase(), domain.component())));
            }
        }
    }

    @Property(tries = 200)
    void sumsOfTrainingsAreThoseOfPhases(@ForAll("stories") List<Reported> story) {
        SteppedMeter driven = SteppedMeter.of(nanos -> nanos / 33);
        BoundaryQueue queue = new BoundaryQueue(8);
        TrainingMeter training = new TrainingMeter(
                driven.meter(), driven, new MetricNames(), new TrainingNames(), 0, new TrainingObserver() {});
        training.take(queue);
        long millis = 0;
        for (int i = 0; i < story.size(); i++) {
            Reported reported = story.get(i);
            millis += reported.afterMillis();
            driven.runTo(millis * 1_000_000);
            queue.offer(
                    reported.boundary().eventOf(reported.framework()),
                    reported.framework() == Framework.CUSTOM ? -reported.subject() : reported.subject(),
                    reported.thread(),
                    SteppedMeter.instant(millis * 1_000_000),
                    reported.size(),
                    0.5);
            if (i % 11 == 0) {
                training.follow();
            }
        }
        driven.close();
        training.finish();

        TrainingSnapshot end = training.snapshot();
        assertAddsUp(driven, end);
        long allocated = end.phases().stream()
                .filter(part -> part.phase() != Phase.OUTSIDE)
                .mapToLong(PhaseEnergy::totalMicrojoules)
                .sum();
        long charged = end.trainings().stream()
                .flatMap(record -> record.microjoules().values().stream())
                .mapToLong(Long::longValue)
                .sum();
        assertThat(charged).isLessThanOrEqualTo(allocated);
    }

    private static void assertAddsUp(SteppedMeter driven, TrainingSnapshot snapshot) {
        driven.meter().domains().forEach(domain -> {
            long sum = 0;
            for (PhaseEnergy part : snapshot.phases()) {
                long microjoules = part.microjoules().getOrDefault(domain.domain(), 0L);
                assertThat(microjoules).isNotNegative();
                sum += microjoules;
            }
            assertThat(sum).isEqualTo(domain.microjoules());
        });
    }

    @Provide
    Arbitrary<List<Reported>> stories() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 400),
                        Arbitraries.longs().between(1, 3),
                        Arbitraries.of(Framework.DJL, Framework.DL4J, Framework.CUSTOM),
                        Arbitraries.of(Boundary.class),
                        Arbitraries.integers().between(1, MODELS),
                        Arbitraries.of(-2L, -1L, 0L, 5L))
                .as(Reported::new)
                .list()
                .ofMaxSize(40);
    }
}
