/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.probe.Readings;
import dev.wattle.core.probe.Scope;
import dev.wattle.core.probe.Sensor;
import dev.wattle.probes.model.BoardModel;
import java.util.Optional;

/**
 * One GPU and how its energy is known: a counter, with its power to hold against it; a power alone; or its utilisation.
 *
 * <p>Its identity is its UUID. The handle is of the driver as it was last initialised. Used by one thread at a time.
 */
final class NvmlDevice {
    /** How the label of a device begins whose energy holds the processor on its module. */
    static final String MODULE = "module-";

    private static final long MICROS_PER_MILLI = 1_000;

    private static final int ALL_OF_THE_TIME = 100;

    /** NVML averages utilisation over a sixth of a second to a second by product (nvml.h). */
    private static final long UTILISATION_LAG_NANOS = 300_000_000L;

    private final Identity identity;
    private final Source source;
    private final long limitMicrowatts;
    private long handle;

    /**
     * Which GPU it is.
     *
     * @param index in the order of PCI addresses, as nvidia-smi shows it
     * @param major CUDA compute capability; 0 where the driver does not tell it
     */
    record Identity(int index, String uuid, String name, int major, int minor) {}

    /** How its energy is known. */
    sealed interface Source {}

    /**
     * A counter in millijoules.
     *
     * @param scoped whether it is read as a field of the GPU alone, since the plain counter holds a whole module
     * @param power what it is held against
     * @param holdsModule whether it counts the processor beside the GPU too
     */
    record Counted(boolean scoped, Optional<PowerSource> power, boolean holdsModule) implements Source {}

    /** A power that must be integrated. */
    record Integrated(PowerSource power) implements Source {}

    /**
     * A model.
     *
     * @param limitMicrowatts the power limit in force, 0 where unknown
     */
    record Modelled(BoardModel model, long limitMicrowatts) implements Source {}

    /** @param limitMicrowatts the highest power it may draw for seconds, or {@link Sensor#NO_LIMIT} */
    NvmlDevice(Identity identity, Source source, long limitMicrowatts, long handle) {
        this.identity = identity;
        this.source = source;
        this.limitMicrowatts = limitMicrowatts;
        this.handle = handle;
    }

    Identity identity() {
        return identity;
    }

    Source source() {
        return source;
    }

    long handle() {
        return handle;
    }

    String label() {
        return (source instanceof Counted counted && counted.holdsModule() ? MODULE : "gpu-") + identity.index();
    }

    /** Looks the GPU up again after the library was initialised anew, or its handle was rejected. */
    int renew(Nvml nvml) {
        int code = nvml.device(identity.uuid());
        if (code != NvmlReturn.SUCCESS) {
            code = nvml.device(identity.index());
        }
        long found = nvml.handle();
        if (code == NvmlReturn.SUCCESS && nvml.hasUuid(found, identity.uuid())) {
            handle = found;
            return code;
        }
        return code == NvmlReturn.SUCCESS ? NvmlReturn.GPU_NOT_FOUND : code;
    }

    EnergyDomain domain(String driver) {
        Sensor sensor;
        Quality quality;
        String how;
        if (source instanceof Counted counted) {
            quality = Quality.COUNTER;
            sensor = new Sensor.Counter(0, counted.power().map(PowerSource::sensor)).withLimit(limitMicrowatts);
            how = counted.holdsModule() ? "energy counter of the whole module" : "energy counter";
        } else if (source instanceof Integrated integrated) {
            quality = Quality.INTEGRATED;
            sensor = integrated.power().sensor().withLimit(limitMicrowatts);
            how = integrated.power().description();
        } else {
            quality = Quality.MODELLED;
            sensor = new Sensor.Power(UTILISATION_LAG_NANOS).withLimit(limitMicrowatts);
            how = "utilisation; " + ((Modelled) source).model().source();
        }
        return new EnergyDomain(
                Component.GPU,
                label(),
                identity.name(),
                identity.uuid(),
                quality,
                Scope.MACHINE,
                "NVML, driver " + driver + ": " + how,
                sensor);
    }

    /** What a reader of its figures must know. */
    Optional<String> remark() {
        if (source instanceof Integrated integrated && !integrated.power().seesAll()) {
            return Optional.of("its sensor shows " + integrated.power().description()
                    + "; what a load does in between is not seen");
        }
        if (source instanceof Modelled modelled) {
            return Optional.of("modelled by utilisation, error " + BoardModel.error() + "; "
                    + modelled.model().source());
        }
        return source instanceof Counted counted && counted.holdsModule()
                ? Optional.of("its energy holds the processor on the same module")
                : Optional.empty();
    }

    /** Reads and hands over; returns why that was not possible. */
    int read(Nvml nvml, Readings into, int domain) {
        long before = into.nanoTime();
        if (source instanceof Counted counted) {
            int code = counted.scoped() ? nvml.field(handle, Nvml.FIELD_ENERGY, Nvml.SCOPE_GPU) : nvml.energy(handle);
            long after = into.nanoTime();
            if (code == NvmlReturn.SUCCESS) {
                into.counter(domain, before, after, microjoules(nvml.longNumber()));
                if (counted.power().isPresent()) {
                    check(nvml, into, domain, counted.power().get());
                }
            }
            return code;
        }
        return source instanceof Integrated integrated
                ? power(nvml, into, domain, before, integrated.power())
                : model(nvml, into, domain, before, (Modelled) source);
    }

    /** A number that is none of a counter, as all ones are, stays one that cannot be believed. */
    private static long microjoules(long millijoules) {
        return millijoules < 0 || millijoules > Long.MAX_VALUE / MICROS_PER_MILLI ? -1 : millijoules * MICROS_PER_MILLI;
    }

    /** A check that fails leaves the two uncompared for a while; the counter is what counts. */
    private void check(Nvml nvml, Readings into, int domain, PowerSource power) {
        long before = into.nanoTime();
        if (power.read(nvml, handle) == NvmlReturn.SUCCESS) {
            into.check(domain, before, into.nanoTime(), power.microwatts(nvml));
        }
    }

    private int power(Nvml nvml, Readings into, int domain, long before, PowerSource power) {
        int code = power.read(nvml, handle);
        long after = into.nanoTime();
        if (code == NvmlReturn.SUCCESS) {
            long microwatts = power.microwatts(nvml);
            if (microwatts == 0) {
                // A board that answers is on and draws some watts: its driver has no figure now.
                into.silent(domain);
            } else {
                into.power(domain, before, after, microwatts);
            }
        }
        return code;
    }

    private int model(Nvml nvml, Readings into, int domain, long before, Modelled modelled) {
        int code = nvml.utilisation(handle);
        long after = into.nanoTime();
        if (code == NvmlReturn.SUCCESS) {
            int percent = nvml.number();
            if (percent < 0 || percent > ALL_OF_THE_TIME) {
                into.silent(domain);
            } else {
                into.power(
                        domain,
                        before,
                        after,
                        modelled.model().microwattsAt(percent / (double) ALL_OF_THE_TIME, modelled.limitMicrowatts()));
            }
        }
        return code;
    }
}
