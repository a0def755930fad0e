/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.energy.PlausiblePower;
import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.probe.Scope;
import dev.wattle.core.probe.Sensor;
import dev.wattle.core.time.FakeClock;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds of a domain whatever is read of it, and whenever. */
class DomainMeterLawsTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long WATT = 1_000_000L;

    private final FakeClock clock = new FakeClock();
    private final long start = clock.nanoTime();

    @Property(tries = 500)
    void noSequenceOfReadingsMakesFiguresThatCannotBe(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        DomainMeterLawsTest run = new DomainMeterLawsTest();
        EnergyDomain domain = domain(random);
        DomainMeter meter = new DomainMeter(domain, run.clock, 3 * SECOND);
        boolean counter = domain.sensor() instanceof Sensor.Counter;
        boolean checked = counter && ((Sensor.Counter) domain.sensor()).check().isPresent();
        long longestWait = random.nextBoolean() ? SECOND / 5 : random.nextLong(1_000_000, 60 * SECOND);
        long watts = random.nextLong(1, random.nextBoolean() ? 500 : 100_000);
        long value = random.nextLong(1_000_000_000_000L);
        long before = 0;
        for (int i = 0; i < 300; i++) {
            long wait = random.nextLong(1, longestWait);
            run.clock.advance(wait);
            long now = run.clock.nanoTime();
            value += random.nextInt(3) == 0 ? 0 : wait / 1_000 * watts;
            switch (random.nextInt(20)) {
                case 0 -> meter.failed(now);
                case 1 -> meter.silent();
                case 2 -> meter.suspended();
                case 3 -> read(meter, counter, now, random.nextLong());
                case 4 -> value = random.nextLong(1_000_000_000_000L);
                default -> read(meter, counter, now, counter ? value : watts * WATT);
            }
            if (checked) {
                meter.check(now, random.nextInt(10) == 0 ? random.nextLong() : watts * WATT);
            }
            assertThat(meter.microjoules()).isGreaterThanOrEqualTo(before);
            before = meter.microjoules();
            holds(run, meter);
        }
        meter.finish();
        meter.end(run.clock.nanoTime());
        holds(run, meter);
        assertThat(meter.microjoules()).isGreaterThanOrEqualTo(before);
    }

    private static void holds(DomainMeterLawsTest run, DomainMeter meter) {
        long elapsed = run.clock.nanoTime() - run.start;
        double bound = PlausiblePower.microwatts(meter.domain());
        Coverage coverage = meter.coverage();
        assertThat(meter.averageMicrowatts()).isLessThanOrEqualTo(meter.peakMicrowatts());
        assertThat(meter.microjoules() / 1e6).isLessThanOrEqualTo(bound / 1e6 * (elapsed / 1e9 + 1));
        assertThat(meter.microwatts()).isGreaterThanOrEqualTo(DomainMeter.UNKNOWN);
        assertThat(meter.averageMicrowatts()).isGreaterThanOrEqualTo(DomainMeter.UNKNOWN);
        assertThat(coverage.coveredNanos()).isNotNegative();
        assertThat(coverage.gapNanos()).isNotNegative();
        assertThat(coverage.coveredNanos() + coverage.gapNanos()).isLessThanOrEqualTo(elapsed);
        if (coverage.rejected() + coverage.errors() > 0 && coverage.coveredNanos() > 0) {
            assertThat(coverage.coveredNanos()).isLessThanOrEqualTo(elapsed);
        }
        meter.crossCheck().ifPresent(check -> assertThat(check.ratio()).isNotEqualTo(Double.POSITIVE_INFINITY));
    }

    private static void read(DomainMeter meter, boolean counter, long nanos, long value) {
        if (counter) {
            meter.counter(nanos, value);
        } else {
            meter.power(nanos, value);
        }
    }

    private static EnergyDomain domain(SplittableRandom random) {
        long limit = random.nextBoolean() ? Sensor.NO_LIMIT : random.nextLong(10, 4_000) * WATT;
        Sensor.Power power = new Sensor.Power(random.nextBoolean() ? 0 : SECOND / 2).withLimit(limit);
        Sensor sensor = switch (random.nextInt(4)) {
            case 0 -> power;
            case 1 -> new Sensor.Counter(0, Optional.of(power), limit);
            case 2 -> new Sensor.Counter(0).withLimit(limit);
            default -> new Sensor.Counter(65_712_999_613L).withLimit(limit);
        };
        Component component = Component.values()[random.nextInt(Component.values().length)];
        return new EnergyDomain(component, "device", "", "", Quality.COUNTER, Scope.MACHINE, "", sensor);
    }
}
