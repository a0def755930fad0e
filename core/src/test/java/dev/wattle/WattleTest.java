/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The API where nothing is metered, and where the meter is at fault. */
class WattleTest {

    private final Wattle.Meter faulty = new Wattle.Meter() {
        @Override
        public EnergyWindow window(String name) {
            throw new IllegalStateException("a fault of the meter's");
        }

        @Override
        public TrainingEpoch epoch(String training, int plannedEpochs) {
            throw new NoSuchMethodError("of another version");
        }
    };

    /** A meter that takes everything and knows no energy. */
    private static class IdleMeter implements Wattle.Meter {
        @Override
        public EnergyWindow window(String name) {
            return EarlyEpoch.window(name);
        }

        @Override
        public TrainingEpoch epoch(String training, int plannedEpochs) {
            return EarlyEpoch.epoch(training, plannedEpochs);
        }
    }

    @AfterEach
    void disconnect() {
        Wattle.disconnect(faulty);
    }

    @Test
    void withoutAMeterAWindowKnowsItsTimeAndNothingElse() {
        assertThat(Wattle.isMetering()).isFalse();
        EnergyWindow window = Wattle.window("preprocess");
        try (window) {
            assertThat(window.joules()).isNaN();
        }
        Duration closed = window.duration();
        LockSupport.parkNanos(1_000_000);

        assertThat(closed).isPositive().isEqualTo(window.duration());
        assertThat(window.joules()).isNaN();
        assertThat(window.joulesByDevice()).isEmpty();
        assertThat(window.quality()).isEqualTo("none");
        assertThat(window.resolution()).isZero();
        assertThat(window.belowResolution()).isFalse();
    }

    @Test
    void whatWasOpenedBeforeAMeterCameIsTakenOverBeforeAnythingNewIs() {
        List<String> calls = new ArrayList<>();
        Wattle.Meter coming = new IdleMeter() {
            @Override
            public TrainingEpoch epoch(String training, int plannedEpochs) {
                calls.add("new " + training);
                return EarlyEpoch.epoch(training, plannedEpochs);
            }

            @Override
            public TrainingEpoch epoch(
                    String training, int plannedEpochs, long startNanos, long threadId, WeakReference<Thread> thread) {
                calls.add("old " + training);
                if (training.equals("first")) {
                    Wattle.epoch("third").close();
                }
                return EarlyEpoch.epoch(training, plannedEpochs);
            }
        };
        Wattle.epoch("first").close();
        Wattle.epoch("second").close();
        try {
            Wattle.connect(coming);
            Wattle.epoch("fourth").close();
        } finally {
            Wattle.disconnect(coming);
        }

        assertThat(calls).endsWith("old first", "old second", "old third", "new fourth");
    }

    @Test
    void reportsToTheMeterHowMuchCouldNotBeKeptForIt() {
        List<Long> leftOut = new ArrayList<>();
        Wattle.Meter coming = new IdleMeter() {
            @Override
            public void leftOut(long count) {
                leftOut.add(count);
            }
        };
        Wattle.connect(coming);
        Wattle.disconnect(coming);
        leftOut.clear();
        for (int i = 0; i < 1_000; i++) {
            Wattle.window("early").close();
        }
        try {
            Wattle.connect(coming);
            Wattle.disconnect(coming);
            Wattle.connect(coming);
        } finally {
            Wattle.disconnect(coming);
        }

        assertThat(leftOut).singleElement().satisfies(count -> assertThat(count).isBetween(1L, 999L));
    }

    @Test
    void withoutAMeterAnEpochTakesAnything() {
        try (TrainingEpoch epoch = Wattle.epoch("digits", -1)) {
            epoch.iteration(-1, Double.NaN);
            epoch.metric("", Double.NaN);
            assertThat(epoch.name()).isEqualTo("digits");
            assertThat(epoch.joules()).isNaN();
        }
        assertThat(Wattle.epoch("digits").name()).isEqualTo("digits");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  \t\n"})
    void noNameIsUnnamed(String name) {
        assertThat(Wattle.window(name).name()).isEqualTo("unnamed");
        assertThat(Wattle.epoch(name).name()).isEqualTo("unnamed");
    }

    @Test
    void aNameFitsALineOfAReport() {
        assertThat(Wattle.window("  spaced out ").name()).isEqualTo("spaced out");
        assertThat(Wattle.window("two\r\nlines").name()).isEqualTo("two  lines");
        assertThat(Wattle.window("x".repeat(1_000)).name()).hasSize(100);
        assertThat(Wattle.window("x".repeat(99) + "\uD83D\uDE00").name()).isEqualTo("x".repeat(99));
        assertThat(Wattle.window("x".repeat(98) + "\uD83D\uDE00").name()).isEqualTo("x".repeat(98) + "\uD83D\uDE00");
        assertThat(Wattle.window("one\u0085\u009Btwo").name()).isEqualTo("one  two");
        assertThat(Wattle.window("half \uD83D of a pair \uDE00").name()).isEqualTo("half ? of a pair ?");
        assertThat(Wattle.window("\u0000\u0001").name()).isEqualTo("unnamed");
        assertThat(Wattle.window("x".repeat(99) + " y").name()).isEqualTo("x".repeat(99));
    }

    @Test
    void aFaultOfTheMeterStaysAwayFromTheProgram() {
        Wattle.connect(faulty);

        assertThat(Wattle.isMetering()).isTrue();
        assertThat(Wattle.window("preprocess").joules()).isNaN();
        assertThat(Wattle.epoch("digits").joules()).isNaN();
    }

    @Test
    void onlyTheMeterThatIsConnectedCanBeDisconnected() {
        Wattle.connect(faulty);
        Wattle.disconnect(new IdleMeter());

        assertThat(Wattle.isMetering()).isTrue();
    }
}
