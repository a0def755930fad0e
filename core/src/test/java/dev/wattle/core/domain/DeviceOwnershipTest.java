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
    private final ScriptedTenancy tenancy = new ScriptedTenancy();
    private long counter;

    @Test
    void ofAnAcceleratorAloneAllIsCharged() {
        DeviceOwnership tenant = tenant(Use.EXCLUSIVE, 1);
        use(tenant, 10, 300);

        assertThat(tenant.microjoules()).isEqualTo(board.microjoules()).isEqualTo(3_000 * JOULE);
        assertThat(tenant.splitMicrojoules()).isZero();
        assertThat(tenant.isOurs()).isTrue();
    }

    @Test
    void ofASharedOneTheTimeBetweenTwoLooksIsSplitByTheShareInIt() {
        DeviceOwnership tenant = tenant(Use.SHARED, 0);
        use(tenant, 10, 100);
        look(tenant, Use.SHARED, 0.25);
        use(tenant, 10, 100);
        look(tenant, Use.SHARED, 0.5);

        assertThat(tenant.microjoules()).isEqualTo(750 * JOULE);
        assertThat(tenant.splitMicrojoules()).isEqualTo(750 * JOULE);
    }

    @Test
    void whileNobodyCanTellTheEnergyIsHeldBackAndChargedOnceItIsKnownToBeOurs() {
        DeviceOwnership tenant = tenant(Use.ASSUMED, 1);
        use(tenant, 20, 100);
        assertThat(tenant.microjoules()).isZero();

        look(tenant, Use.EXCLUSIVE, 1);
        use(tenant, 1, 100);

        assertThat(tenant.microjoules()).isEqualTo(2_100 * JOULE);
    }

    @Test
    void whatTurnsOutToBeSomeoneElsesIsNotCharged() {
        List<Use> told = new ArrayList<>();
        DeviceOwnership tenant = tenant(Use.ASSUMED, 1);
        tenant.whenChanged(() -> told.add(tenant.use()));
        use(tenant, 20, 100);
        look(tenant, Use.OTHERS, 0);
        use(tenant, 20, 100);
        tenant.settle();

        assertThat(tenant.microjoules()).isZero();
        assertThat(tenant.isOurs()).isFalse();
        assertThat(told).containsExactly(Use.OTHERS);
    }

    @Test
    void whereNobodyCanTellForAMinuteOrTillTheEndItIsTakenToBeOurs() {
        DeviceOwnership patient = tenant(Use.ASSUMED, 1);
        use(patient, 61, 100);
        assertThat(patient.microjoules()).isEqualTo(6_100 * JOULE);

        DeviceOwnership brief = new DeviceOwnership(tenancy, 0, board);
        brief.everySecond(clock.nanoTime());
        brief.settle();
        assertThat(brief.microjoules()).isEqualTo(board.microjoules());
    }

    private DeviceOwnership tenant(Use use, double share) {
        tenancy.use = use;
        tenancy.share = share;
        board.counter(clock.nanoTime(), counter);
        return new DeviceOwnership(tenancy, 0, board);
    }

    private void use(DeviceOwnership tenant, int seconds, long watts) {
        for (int second = 0; second < seconds; second++) {
            tenant.everySecond(clock.nanoTime());
            clock.advance(SECOND);
            counter += watts * JOULE;
            board.counter(clock.nanoTime(), counter);
        }
        tenant.everySecond(clock.nanoTime());
    }

    private void look(DeviceOwnership tenant, Use use, double share) {
        tenancy.use = use;
        tenancy.share = share;
        tenant.looked();
    }

    static final class ScriptedTenancy implements DeviceUsage {
        Use use = Use.ASSUMED;
        double share = 1;
        int looks;

        @Nullable
        RuntimeException thrown;

        @Override
        public void refresh() {
            looks++;
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
