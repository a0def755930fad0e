/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.core.sampling.MeterThreads;
import dev.wattle.core.sampling.SamplingClock;
import dev.wattle.core.training.Budget;
import dev.wattle.core.training.BudgetWatch;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class BudgetKeeperTest {
    private static final long MINUTE_NANOS = 60_000_000_000L;

    private final List<String> said = new CopyOnWriteArrayList<>();
    private final List<Integer> told = new CopyOnWriteArrayList<>();

    @Test
    void aWarningThatFailsKeepsNeitherTheNextOneNorTheSummaryFromComing() {
        BudgetWatch budget = new BudgetWatch(Budget.parse("1s"), true, CarbonSettings.worldDefault());
        budget.tell((percent, state) -> {
            told.add(percent);
            if (percent < 100) {
                throw new OutOfMemoryError("Java heap space");
            }
        });
        MeterThreads threads = new MeterThreads();
        try (EnergyMeter meter = EnergyMeter.start(
                List.of(), MINUTE_NANOS, Optional.empty(), threads, SamplingClock.system(), said::add)) {
            BudgetKeeper keeper =
                    BudgetKeeper.start(budget, meter, System.nanoTime() - MINUTE_NANOS, threads, said::add);
            keeper.close();
            keeper.close();
            keeper.close();
        }

        assertThat(told).containsExactly(50, 80, 100);
        assertThat(budget.isStopAsked()).isTrue();
        assertThat(said).singleElement().asString().contains("Java heap space");
    }
}
