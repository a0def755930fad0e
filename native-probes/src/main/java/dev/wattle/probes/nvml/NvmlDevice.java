/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Readings;
import dev.wattle.core.probe.Scope;
import dev.wattle.core.probe.Sensor;
import java.util.Optional;

/**
 * One GPU and the way its energy is read.
 *
 * <p>The UUID identifies it. The handle is valid until the library is initialised again. Used by one thread at a time.
 */
final class NvmlDevice {
    /** The prefix of a label whose energy includes the processor on the module. */
    static final String MODULE = "module-";

    private final NvmlIdentity identity;
    private final NvmlReader reader;
    private final long limitMicrowatts;
    private long handle;

    /** @param limitMicrowatts the maximum power that it may draw for seconds, or {@link Sensor#NO_LIMIT} */
    NvmlDevice(NvmlIdentity identity, NvmlReader reader, long limitMicrowatts, long handle) {
        this.identity = identity;
        this.reader = reader;
        this.limitMicrowatts = limitMicrowatts;
        this.handle = handle;
    }

    NvmlIdentity identity() {
        return identity;
    }

    long handle() {
        return handle;
    }

    String label() {
        return (reader.includesModule() ? MODULE : "gpu-") + identity.index();
    }

    /** Looks up the handle again, after the library was initialised again or the handle was rejected; returns NVML's code. */
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
        return new EnergyDomain(
                Component.GPU,
                label(),
                identity.name(),
                identity.uuid(),
                reader.quality(),
                Scope.MACHINE,
                "NVML, driver " + driver + ": " + reader.description(),
                reader.sensor(limitMicrowatts));
    }

    /** What a reader of its figures must know. */
    Optional<String> remark() {
        return reader.remark();
    }

    /** Reads the GPU and passes the value on; returns NVML's code. */
    int read(Nvml nvml, Readings into, int domain) {
        return reader.read(nvml, handle, into, domain);
    }
}
