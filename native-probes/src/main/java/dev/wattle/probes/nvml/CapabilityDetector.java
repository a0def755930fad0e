/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import dev.wattle.core.probe.Sensor;
import dev.wattle.probes.model.BoardModel;
import dev.wattle.probes.nvml.NvmlDevice.Counted;
import dev.wattle.probes.nvml.NvmlDevice.Identity;
import dev.wattle.probes.nvml.NvmlDevice.Integrated;
import dev.wattle.probes.nvml.NvmlDevice.Modelled;
import dev.wattle.probes.nvml.NvmlDevice.Source;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;

/**
 * Finds out how the energy of a GPU can be known, by trying: the counter, then the powers from the fullest to the
 * patchiest sensor, then the model. What works here is what is called from then on.
 */
final class CapabilityDetector {
    private static final int ATTEMPTS = 3;
    private static final long PAUSE_NANOS = 10_000_000L;

    private static final long LEAST_LIMIT_MILLIWATTS = 1_000;
    private static final long MOST_LIMIT_MILLIWATTS = 100_000_000;

    /** The first architecture that counts its energy, Volta. */
    private static final int FIRST_WITH_COUNTER = 7;

    /** GH200, GB200, GB300, GB10: a Grace processor on the module. */
    private static final Pattern SUPERCHIP = Pattern.compile("\\bG[A-Z]\\d{2,3}\\b");

    /** The boards with a GA100. */
    private static final Pattern GA100 = Pattern.compile("\\bA(100|800|30)\\b");

    private final Nvml nvml;
    private final int driver;

    CapabilityDetector(Nvml nvml, String driverVersion) {
        this.nvml = nvml;
        this.driver = firstNumber(driverVersion);
    }

    /**
     * What came of one GPU.
     *
     * @param identity which one it is, where the driver tells
     * @param device to be read from now on; empty where it cannot be
     * @param problem why not, for a person
     */
    record Outcome(Optional<Identity> identity, Optional<NvmlDevice> device, Optional<String> problem) {}

    Outcome device(int index) {
        int code = settled(() -> nvml.device(index));
        if (code != NvmlReturn.SUCCESS) {
            return refused(Optional.empty(), "gpu-" + index, NvmlReturn.text(code));
        }
        long handle = nvml.handle();
        Identity identity = identity(index, handle);
        return source(identity, handle)
                .map(source -> new Outcome(
                        Optional.of(identity),
                        Optional.of(new NvmlDevice(identity, source, limit(source, handle), handle)),
                        Optional.empty()))
                .orElseGet(() -> refused(
                        Optional.of(identity),
                        "gpu-" + index + " (" + identity.name() + ")",
                        "its driver tells neither energy nor power nor utilisation"));
    }

    private static Outcome refused(Optional<Identity> identity, String gpu, String why) {
        return new Outcome(
                identity,
                Optional.empty(),
                Optional.of("The energy of " + gpu + " is missing from every total: " + why + "."));
    }

    private Identity identity(int index, long handle) {
        String uuid = nvml.uuid(handle) == NvmlReturn.SUCCESS ? nvml.text() : "";
        String name = nvml.name(handle) == NvmlReturn.SUCCESS ? nvml.text() : "NVIDIA GPU";
        if (nvml.computeCapability(handle) == NvmlReturn.SUCCESS) {
            return new Identity(index, uuid, name, nvml.number(), nvml.secondNumber());
        }
        int architecture = nvml.architecture(handle) == NvmlReturn.SUCCESS ? nvml.number() : 0;
        return new Identity(index, uuid, name, majorOf(architecture), minorOf(architecture, name));
    }

    /** The compute capability of an architecture (nvml.h, NVML_DEVICE_ARCH); 0 of one that is newer than this table. */
    private static int majorOf(int architecture) {
        return switch (architecture) {
            case 2 -> 3;
            case 3 -> 5;
            case 4 -> 6;
            case 5, 6 -> 7;
            case 7, 8 -> 8;
            case 9 -> 9;
            case 10 -> 10;
            default -> 0;
        };
    }

    /** Of Ampere's chips only GA100 has the capability 8.0. */
    private static int minorOf(int architecture, String name) {
        return switch (architecture) {
            case 6 -> 5;
            case 7 -> GA100.matcher(name).find() ? 0 : 6;
            case 8 -> 9;
            default -> 0;
        };
    }

    private Optional<Source> source(Identity identity, long handle) {
        Optional<PowerSource> power = power(identity, handle);
        if (sharesAModule(identity, handle)) {
            return ofModule(handle, power);
        }
        boolean mayCount = identity.major() == 0 || identity.major() >= FIRST_WITH_COUNTER;
        if (mayCount && settled(() -> nvml.energy(handle)) == NvmlReturn.SUCCESS) {
            return Optional.of(new Counted(false, power, false));
        }
        return power.filter(candidate -> tellsPower(candidate, handle))
                .<Source>map(Integrated::new)
                .or(() -> model(identity, handle))
                .or(() -> power.map(Integrated::new));
    }

    /** A board that is on draws something: a driver that shows 0 does not really tell that power. */
    private Optional<PowerSource> power(Identity identity, long handle) {
        List<PowerSource> answering = PowerSource.of(identity.major(), identity.minor(), driver).stream()
                .filter(candidate -> settled(() -> candidate.read(nvml, handle)) == NvmlReturn.SUCCESS)
                .toList();
        return answering.stream()
                .filter(candidate -> tellsPower(candidate, handle))
                .findFirst()
                .or(() -> answering.stream().findFirst());
    }

    private boolean tellsPower(PowerSource source, long handle) {
        return source.read(nvml, handle) == NvmlReturn.SUCCESS && source.microwatts(nvml) > 0;
    }

    /**
     * Grace Hopper and its like: the power of the whole module is told beside the GPU's. By name too, since a driver that
     * knows no scopes answers for any board.
     */
    private boolean sharesAModule(Identity identity, long handle) {
        return SUPERCHIP.matcher(identity.name()).find()
                && nvml.field(handle, Nvml.FIELD_POWER_INSTANT, Nvml.SCOPE_MODULE) == NvmlReturn.SUCCESS;
    }

    /**
     * On such a module the plain counter counts the processor too (read by Zeus on a GH200, 2025). So the counter of the
     * GPU alone is used, else the GPU's power; the module's counter is the last resort, and is called what it is.
     */
    private Optional<Source> ofModule(long handle, Optional<PowerSource> power) {
        if (settled(() -> nvml.field(handle, Nvml.FIELD_ENERGY, Nvml.SCOPE_GPU)) == NvmlReturn.SUCCESS) {
            return Optional.of(new Counted(true, power, false));
        }
        if (power.isPresent()) {
            return power.map(Integrated::new);
        }
        return settled(() -> nvml.energy(handle)) == NvmlReturn.SUCCESS
                ? Optional.of(new Counted(false, Optional.empty(), true))
                : Optional.empty();
    }

    /** The highest limit that can be set, or that is in force where that is not told: of what the source measures. */
    private long limit(Source source, long handle) {
        long limit = Sensor.NO_LIMIT;
        if (source instanceof Counted counted && counted.holdsModule()) {
            for (int field : List.of(Nvml.FIELD_POWER_MAX_LIMIT, Nvml.FIELD_POWER_CURRENT_LIMIT)) {
                if (nvml.field(handle, field, Nvml.SCOPE_MODULE) == NvmlReturn.SUCCESS) {
                    limit = Math.max(limit, plausible(nvml.longNumber()));
                }
            }
            return limit;
        }
        if (nvml.powerLimits(handle) == NvmlReturn.SUCCESS) {
            limit = plausible(Integer.toUnsignedLong(nvml.secondNumber()));
        }
        if (nvml.powerLimit(handle) == NvmlReturn.SUCCESS) {
            limit = Math.max(limit, plausible(Integer.toUnsignedLong(nvml.number())));
        }
        return limit;
    }

    /** In microwatts; a driver that tells 0, or the greatest number of a field, tells no limit. */
    private static long plausible(long milliwatts) {
        return milliwatts >= LEAST_LIMIT_MILLIWATTS && milliwatts <= MOST_LIMIT_MILLIWATTS
                ? 1_000 * milliwatts
                : Sensor.NO_LIMIT;
    }

    private Optional<Source> model(Identity identity, long handle) {
        if (settled(() -> nvml.utilisation(handle)) != NvmlReturn.SUCCESS) {
            return Optional.empty();
        }
        long limit = nvml.powerLimit(handle) == NvmlReturn.SUCCESS
                ? plausible(Integer.toUnsignedLong(nvml.number()))
                : Sensor.NO_LIMIT;
        return BoardModel.of(identity.name())
                .or(() -> limit > 0 ? BoardModel.ofLimit(limit) : Optional.empty())
                .map(model -> new Modelled(model, limit));
    }

    /** Some answers pass, "not supported" among them, so the third one stands. */
    private static int settled(IntSupplier call) {
        int code = call.getAsInt();
        for (int attempt = 1; attempt < ATTEMPTS && NvmlReturn.mayPass(code); attempt++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            code = call.getAsInt();
        }
        return code;
    }

    private static int firstNumber(String version) {
        try {
            return Integer.parseInt(version.split("\\.", 2)[0]);
        } catch (NumberFormatException unknown) {
            return 0;
        }
    }
}
