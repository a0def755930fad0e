/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.TrainingEpoch;
import dev.wattle.Wattle;
import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.core.sampling.MeterThreads;
import dev.wattle.core.sampling.SamplingClock;
import dev.wattle.core.training.TrainingObserver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TrainingWatchTest {
    private final List<String> said = new CopyOnWriteArrayList<>();

    @Test
    @Timeout(60)
    void anEpochOfTheProgramDoesNotWaitForWhoeverHoldsTheWatch() throws InterruptedException {
        MeterThreads threads = new MeterThreads();
        TrainingWatch watch = new TrainingWatch(threads, new TrainingStops(), said::add);
        try (EnergyMeter meter = EnergyMeter.start(
                List.of(), 100_000_000L, Optional.empty(), threads, SamplingClock.system(), said::add)) {
            watch.follow(meter, 0, new TrainingObserver() {});
            Wattle.epoch("mine").close();
            Thread program = new Thread(() -> {
                try (TrainingEpoch epoch = Wattle.epoch("mine")) {
                    epoch.iteration(1, 0.5);
                }
            });
            program.setDaemon(true);
            synchronized (watch) {
                program.start();
                program.join();
            }
        } finally {
            watch.finish();
        }

        assertThat(said).isEmpty();
    }
}
