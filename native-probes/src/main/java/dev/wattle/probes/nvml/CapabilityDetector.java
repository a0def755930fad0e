/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import dev.wattle.probes.model.BoardModel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;

/**
 * Detects how the energy of a GPU can be read, by trying: first the counter, then the power sensors from the most complete
 * to the least complete, then the model. The probe reads what works here.
 */
final class CapabilityDetector {
    private static final int ATTEMPTS = 3;
    private static final long PAUSE_NANOS = 10_000_000L;

    /** Volta, the first architecture that counts its energy. */
    private static final int FIRST_WITH_COUNTER = 7;

    /** GH200, GB200, GB300, GB10: a Grace processor on the module. */
    private static final Pattern SUPERCHIP = Pattern.compile("\\bG[A-Z]\\d{2,3}\\b");

    private final Nvml nvml;
    private final int driver;

    CapabilityDetector(Nvml nvml, String driverVersion) {
        this.nvml = nvml;
        this.driver = firstNumber(driverVersion);
    }

    private static int firstNumber(String version) {
        try {
            return Integer.parseInt(version.split("\\.", 2)[0]);
        } catch (NumberFormatException unknown) {
            return 0;
        }
    }

    /**
     * The result for one GPU.
     *
     * @param identity which GPU it is, if the driver reports that
     * @param device the GPU to read; empty if it cannot be read
     * @param problem why it cannot be read, in words for the user
     */
    record Outcome(Optional<NvmlIdentity> identity, Optional<NvmlDevice> device, Optional<String> problem) {}

    Outcome device(int index) {
        int code = settled(() -> nvml.device(index));
        if (code != NvmlReturn.SUCCESS) {
            return refused(Optional.empty(), "gpu-" + index, NvmlReturn.text(code));
        }
        long handle = nvml.handle();
        NvmlIdentity identity = NvmlIdentity.of(nvml, index, handle);
        return reader(identity, handle)
                .map(reader -> new Outcome(
                        Optional.of(identity),
                        Optional.of(new NvmlDevice(identity, reader, limit(reader, handle), handle)),
                        Optional.empty()))
                .orElseGet(() -> refused(
                        Optional.of(identity),
                        "gpu-" + index + " (" + identity.name() + ")",
                        "its driver reports neither energy nor power nor utilisation"));
    }

    private static Outcome refused(Optional<NvmlIdentity> identity, String gpu, String reason) {
        return new Outcome(
                identity,
                Optional.empty(),
                Optional.of("The energy of " + gpu + " is missing from every total: " + reason + "."));
    }

    private Optional<NvmlReader> reader(NvmlIdentity identity, long handle) {
        Optional<PowerSource> power = power(identity, handle);
        if (sharesModule(identity, handle)) {
            return readerOnModule(handle, power);
        }
        boolean mayCount = identity.major() == 0 || identity.major() >= FIRST_WITH_COUNTER;
        if (mayCount && settled(() -> nvml.energy(handle)) == NvmlReturn.SUCCESS) {
            return Optional.of(new NvmlReader.Counter(false, power, false));
        }
        return power.filter(candidate -> showsPower(candidate, handle))
                .<NvmlReader>map(NvmlReader.Power::new)
                .or(() -> model(identity, handle))
                .or(() -> power.map(NvmlReader.Power::new));
    }

    /** Prefers a sensor that shows more than 0: a board that is on draws some power, so a driver that shows 0 has no value. */
    private Optional<PowerSource> power(NvmlIdentity identity, long handle) {
        List<PowerSource> answering = PowerSource.of(identity.major(), identity.minor(), driver).stream()
                .filter(candidate -> settled(() -> candidate.read(nvml, handle)) == NvmlReturn.SUCCESS)
                .toList();
        return answering.stream()
                .filter(candidate -> showsPower(candidate, handle))
                .findFirst()
                .or(() -> answering.stream().findFirst());
    }

    private boolean showsPower(PowerSource source, long handle) {
        return source.read(nvml, handle) == NvmlReturn.SUCCESS && source.microwatts(nvml) > 0;
    }

    /**
     * Whether the GPU shares its module with a processor, as on Grace Hopper: the driver then reports the power of the whole
     * module too. The name is checked as well, because a driver without scopes answers for any board.
     */
    private boolean sharesModule(NvmlIdentity identity, long handle) {
        return SUPERCHIP.matcher(identity.name()).find()
                && nvml.field(handle, Nvml.FIELD_POWER_INSTANT, Nvml.SCOPE_MODULE) == NvmlReturn.SUCCESS;
    }

    /**
     * On such a module the plain counter includes the processor (seen by Zeus on a GH200, 2025). So the counter of the GPU
     * alone comes first, then the GPU's power, and the module's counter last, with a label that says so.
     */
    private Optional<NvmlReader> readerOnModule(long handle, Optional<PowerSource> power) {
        if (settled(() -> nvml.field(handle, Nvml.FIELD_ENERGY, Nvml.SCOPE_GPU)) == NvmlReturn.SUCCESS) {
            return Optional.of(new NvmlReader.Counter(true, power, false));
        }
        if (power.isPresent()) {
            return power.map(NvmlReader.Power::new);
        }
        return settled(() -> nvml.energy(handle)) == NvmlReturn.SUCCESS
                ? Optional.of(new NvmlReader.Counter(false, Optional.empty(), true))
                : Optional.empty();
    }

    private Optional<NvmlReader> model(NvmlIdentity identity, long handle) {
        if (settled(() -> nvml.utilisation(handle)) != NvmlReturn.SUCCESS) {
            return Optional.empty();
        }
        long limit = PowerLimit.inForce(nvml, handle);
        return BoardModel.of(identity.name())
                .or(() -> limit > 0 ? BoardModel.ofLimit(limit) : Optional.empty())
                .map(model -> new NvmlReader.Model(model, limit));
    }

    private long limit(NvmlReader reader, long handle) {
        return reader.includesModule() ? PowerLimit.maximumOfModule(nvml, handle) : PowerLimit.maximum(nvml, handle);
    }

    /** Repeats a call whose failure may be temporary, "not supported" included, and returns the third answer at the latest. */
    private static int settled(IntSupplier call) {
        int code = call.getAsInt();
        for (int attempt = 1; attempt < ATTEMPTS && NvmlReturn.mayPass(code); attempt++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            code = call.getAsInt();
        }
        return code;
    }
}
