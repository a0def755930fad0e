/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.meters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattle.core.attribution.TrainingMeter;
import dev.wattle.core.boundary.Boundary;
import dev.wattle.core.boundary.BoundaryQueue;
import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.FrameworkTable;
import dev.wattle.core.boundary.MetricNames;
import dev.wattle.core.boundary.TrainingNames;
import dev.wattle.core.epoch.TrainingObserver;
import dev.wattle.core.sampling.SteppedMeter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrainingMetersTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int MODEL = 7;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final FrameworkTable frameworks = new FrameworkTable();
    private final BoundaryQueue queue = new BoundaryQueue(16);
    private final SteppedMeter driven = SteppedMeter.of(nanos -> nanos / 20);
    private final TrainingMeter training = new TrainingMeter(
            driven.meter(), driven, new MetricNames(), new TrainingNames(), 0, new TrainingObserver() {});
    private final TrainingMeters meters = new TrainingMeters(driven.meter(), training::snapshot, frameworks);

    @AfterEach
    void close() {
        driven.close();
    }

    @Test
    void hasNothingOfAFrameworkThatIsNotThere() {
        meters.bindTo(registry);

        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void countsEpochsIterationsAndSamples() {
        meters.bindTo(registry);
        trainOneEpoch();

        assertThat(count("wattle.training.epochs")).isEqualTo(1);
        assertThat(count("wattle.training.iterations")).isEqualTo(1);
        assertThat(count("wattle.training.samples")).isEqualTo(32);
        assertThat(registry.get("wattle.agent.events.dropped").functionCounter().count())
                .isZero();
    }

    @Test
    void publishesEnergyByPhaseWhoseSumIsTheRun() {
        meters.bindTo(registry);
        trainOneEpoch();

        assertThat(registry.get("wattle.training.energy")
                        .tags("framework", "dl4j", "phase", "train", "component", "cpu")
                        .functionCounter()
                        .count())
                .isCloseTo(50, within(1e-3));
        assertThat(registry.get("wattle.training.energy").functionCounters().stream()
                        .mapToDouble(FunctionCounter::count)
                        .sum())
                .isCloseTo(driven.meter().domains().get(0).microjoules() / 1e6, within(1e-9));
    }

    private void trainOneEpoch() {
        frameworks.found(Framework.DL4J);
        training.take(queue);
        offer(1, Boundary.EPOCH_START, -1);
        offer(2, Boundary.ITERATION, 32);
        offer(2, Boundary.EPOCH_END, -1);
        driven.runTo(3 * SECOND);
        driven.close();
        training.finish();
    }

    private double count(String name) {
        return registry.get(name)
                .tags("framework", "dl4j", "phase", "train")
                .functionCounter()
                .count();
    }

    private void offer(long second, Boundary boundary, long size) {
        queue.offer(
                boundary.eventOf(Framework.DL4J), MODEL, 1, SteppedMeter.instant(second * SECOND), size, Double.NaN);
    }
}
