/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.probe.DeviceUsage;
import dev.wattle.core.probe.DeviceUsage.Use;
import dev.wattle.core.time.FakeClock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeviceOwnershipTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long JOULE = 1_000_000L;

    private final FakeClock clock = new FakeClock();
    private final DomainMeter board = new DomainMeter(Domains.board(0), clock, SECOND);
    private final ScriptedUsage usage = new ScriptedUsage();
    private long counter;

    @Test
    void ofAnAcceleratorAloneAllIsCharged() {
        DeviceOwnership ownership = ownership(Use.EXCLUSIVE, 1);
        use(ownership, 10, 300);

        assertThat(ownership.microjoules()).isEqualTo(board.microjoules()).isEqualTo(3_000 * JOULE);
        assertThat(ownership.splitMicrojoules()).isZero();
        assertThat(ownership.isOurs()).isTrue();
    }

    @Test
    void ofASharedOneTheTimeBetweenTwoLooksIsSplitByTheShareInIt() {
        DeviceOwnership ownership = ownership(Use.SHARED, 0);
        use(ownership, 10, 100);
        check(ownership, Use.SHARED, 0.25);
        use(ownership, 10, 100);
        check(ownership, Use.SHARED, 0.5);

        assertThat(ownership.microjoules()).isEqualTo(750 * JOULE);
        assertThat(ownership.splitMicrojoules()).isEqualTo(750 * JOULE);
    }

    @Test
    void whileTheOwnerIsUnknownTheEnergyIsWithheldAndChargedOnceItIsOurs() {
        DeviceOwnership ownership = ownership(Use.ASSUMED, 1);
        use(ownership, 20, 100);
        assertThat(ownership.microjoules()).isZero();

        check(ownership, Use.EXCLUSIVE, 1);
        use(ownership, 1, 100);

        assertThat(ownership.microjoules()).isEqualTo(2_100 * JOULE);
    }

    @Test
    void whatTurnsOutToBeSomeoneElsesIsNotCharged() {
        List<Use> changes = new ArrayList<>();
        DeviceOwnership ownership = ownership(Use.ASSUMED, 1);
        ownership.whenChanged(() -> changes.add(ownership.use()));
        use(ownership, 20, 100);
        check(ownership, Use.OTHERS, 0);
        use(ownership, 20, 100);
        ownership.settle();

        assertThat(ownership.microjoules()).isZero();
        assertThat(ownership.isOurs()).isFalse();
        assertThat(changes).containsExactly(Use.OTHERS);
    }

    @Test
    void whereTheOwnerIsUnknownForAMinuteOrUntilTheEndItIsTreatedAsOurs() {
        DeviceOwnership patient = ownership(Use.ASSUMED, 1);
        use(patient, 61, 100);
        assertThat(patient.microjoules()).isEqualTo(6_100 * JOULE);

        DeviceOwnership brief = new DeviceOwnership(usage, 0, board);
        brief.everySecond(clock.nanoTime());
        brief.settle();
        assertThat(brief.microjoules()).isEqualTo(board.microjoules());
    }

    private DeviceOwnership ownership(Use use, double share) {
        usage.use = use;
        usage.share = share;
        board.counter(clock.nanoTime(), counter);
        return new DeviceOwnership(usage, 0, board);
    }

    private void use(DeviceOwnership ownership, int seconds, long watts) {
        for (int second = 0; second < seconds; second++) {
            ownership.everySecond(clock.nanoTime());
            clock.advance(SECOND);
            counter += watts * JOULE;
            board.counter(clock.nanoTime(), counter);
        }
        ownership.everySecond(clock.nanoTime());
    }

    private void check(DeviceOwnership ownership, Use use, double share) {
        usage.use = use;
        usage.share = share;
        ownership.update();
    }

    static final class ScriptedUsage implements DeviceUsage {
        Use use = Use.ASSUMED;
        double share = 1;
        int checks;

        @Nullable
        RuntimeException thrown;

        @Override
        public void refresh() {
            checks++;
            if (thrown != null) {
                throw thrown;
            }
        }

        @Override
        public Use use(int domain) {
            return use;
        }

        @Override
        public double share(int domain) {
            return share;
        }

        @Override
        public String rule(int domain) {
            return "as the test says";
        }
    }
}
