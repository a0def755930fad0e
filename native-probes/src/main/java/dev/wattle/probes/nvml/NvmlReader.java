/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import dev.wattle.core.probe.Quality;
import dev.wattle.core.probe.Readings;
import dev.wattle.core.probe.Sensor;
import dev.wattle.probes.model.BoardModel;
import java.util.Optional;

/** How the energy of a GPU is read: from a counter, from a power sensor, or by a model. Chosen once for each GPU. */
sealed interface NvmlReader {

    /** Reads the GPU and passes the value on; returns NVML's code. Does not allocate. */
    int read(Nvml nvml, long handle, Readings into, int domain);

    Quality quality();

    /** @param limitMicrowatts the maximum power, or {@link Sensor#NO_LIMIT} */
    Sensor sensor(long limitMicrowatts);

    /** What is read, in words for the user. */
    String description();

    /** What a reader of the figures must know, without a full stop. */
    Optional<String> remark();

    /** Whether the energy includes the processor on the GPU's module. */
    default boolean includesModule() {
        return false;
    }

    /**
     * A counter in millijoules.
     *
     * @param scoped whether to read the field of the GPU alone, because the plain counter includes the whole module
     * @param power the power sensor that the counter is compared with
     * @param includesModule whether it counts the processor on the module too
     */
    record Counter(boolean scoped, Optional<PowerSource> power, boolean includesModule) implements NvmlReader {
        private static final long MICROS_PER_MILLI = 1_000;

        @Override
        public int read(Nvml nvml, long handle, Readings into, int domain) {
            long before = into.nanoTime();
            int code = scoped ? nvml.field(handle, Nvml.FIELD_ENERGY, Nvml.SCOPE_GPU) : nvml.energy(handle);
            long after = into.nanoTime();
            if (code == NvmlReturn.SUCCESS) {
                into.counter(domain, before, after, microjoules(nvml.longNumber()));
                if (power.isPresent()) {
                    check(nvml, handle, into, domain, power.get());
                }
            }
            return code;
        }

        /** An impossible value, such as all ones, becomes -1, which the accumulator rejects. */
        private static long microjoules(long millijoules) {
            return millijoules < 0 || millijoules > Long.MAX_VALUE / MICROS_PER_MILLI
                    ? -1
                    : millijoules * MICROS_PER_MILLI;
        }

        /** If this fails, the counter is not checked for a while, and still counts. */
        private static void check(Nvml nvml, long handle, Readings into, int domain, PowerSource power) {
            long before = into.nanoTime();
            if (power.read(nvml, handle) == NvmlReturn.SUCCESS) {
                into.check(domain, before, into.nanoTime(), power.microwatts(nvml));
            }
        }

        @Override
        public Quality quality() {
            return Quality.COUNTER;
        }

        @Override
        public Sensor sensor(long limitMicrowatts) {
            return new Sensor.Counter(0, power.map(PowerSource::sensor)).withLimit(limitMicrowatts);
        }

        @Override
        public String description() {
            return includesModule ? "energy counter of the whole module" : "energy counter";
        }

        @Override
        public Optional<String> remark() {
            return includesModule
                    ? Optional.of("its energy includes the processor on the same module")
                    : Optional.empty();
        }
    }

    /** A power sensor, whose values the meter integrates. */
    record Power(PowerSource power) implements NvmlReader {
        @Override
        public int read(Nvml nvml, long handle, Readings into, int domain) {
            long before = into.nanoTime();
            int code = power.read(nvml, handle);
            long after = into.nanoTime();
            if (code == NvmlReturn.SUCCESS) {
                long microwatts = power.microwatts(nvml);
                if (microwatts == 0) {
                    // A board that answers is on and draws some watts, so its driver has no value now.
                    into.silent(domain);
                } else {
                    into.power(domain, before, after, microwatts);
                }
            }
            return code;
        }

        @Override
        public Quality quality() {
            return Quality.INTEGRATED;
        }

        @Override
        public Sensor sensor(long limitMicrowatts) {
            return power.sensor().withLimit(limitMicrowatts);
        }

        @Override
        public String description() {
            return power.description();
        }

        @Override
        public Optional<String> remark() {
            return power.seesAll()
                    ? Optional.empty()
                    : Optional.of("its sensor shows " + power.description() + "; it does not see the load in between");
        }
    }

    /**
     * A model of the power by utilisation.
     *
     * @param limitMicrowatts the power limit in force, 0 where unknown
     */
    record Model(BoardModel model, long limitMicrowatts) implements NvmlReader {
        private static final int MAX_PERCENT = 100;

        /** NVML averages utilisation over a sixth of a second to a second, by product (nvml.h). */
        private static final long UTILISATION_LAG_NANOS = 300_000_000L;

        @Override
        public int read(Nvml nvml, long handle, Readings into, int domain) {
            long before = into.nanoTime();
            int code = nvml.utilisation(handle);
            long after = into.nanoTime();
            if (code == NvmlReturn.SUCCESS) {
                int percent = nvml.number();
                if (percent < 0 || percent > MAX_PERCENT) {
                    into.silent(domain);
                } else {
                    double load = percent / (double) MAX_PERCENT;
                    into.power(domain, before, after, model.microwattsAt(load, limitMicrowatts));
                }
            }
            return code;
        }

        @Override
        public Quality quality() {
            return Quality.MODELLED;
        }

        @Override
        public Sensor sensor(long maxMicrowatts) {
            return new Sensor.Power(UTILISATION_LAG_NANOS).withLimit(maxMicrowatts);
        }

        @Override
        public String description() {
            return "utilisation; " + model.source();
        }

        @Override
        public Optional<String> remark() {
            return Optional.of("modelled by utilisation, error " + BoardModel.error() + "; " + model.source());
        }
    }
}
