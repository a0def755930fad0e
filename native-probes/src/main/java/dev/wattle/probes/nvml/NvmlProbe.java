/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import dev.wattle.core.probe.DeviceUsage;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.Readings;
import java.util.List;
import java.util.Optional;

/**
 * Reads the energy of NVIDIA GPUs through NVML.
 *
 * <p>It reads at most ten times a second, whatever the sampling period is: no sensor shows more, each call takes the
 * driver's lock, and some boards answer "not supported" every 50 ms. A reading is one call for each GPU, or two if a
 * counter is compared with the power. If another user of the library has shut it down, it is initialised again at once. A
 * driver that is gone is tried again, and used when it is back. Used by one thread.
 */
final class NvmlProbe implements EnergyProbe {
    private static final long MIN_PERIOD_NANOS = 100_000_000L;

    private final Nvml nvml;
    private final List<NvmlDevice> devices;
    private final List<EnergyDomain> domains;
    private final Optional<DeviceUsage> tenancy;
    private final long minPeriodNanos;
    private boolean restartedInThisReading;

    private NvmlProbe(
            Nvml nvml,
            List<NvmlDevice> devices,
            List<EnergyDomain> domains,
            Optional<DeviceUsage> tenancy,
            long minPeriodNanos) {
        this.nvml = nvml;
        this.devices = devices;
        this.domains = domains;
        this.tenancy = tenancy;
        this.minPeriodNanos = minPeriodNanos;
    }

    static NvmlProbe of(Nvml nvml, String driver, List<NvmlDevice> devices, NvmlTenancy tenancy) {
        return new NvmlProbe(
                nvml,
                List.copyOf(devices),
                devices.stream().map(device -> device.domain(driver)).toList(),
                Optional.of(tenancy),
                MIN_PERIOD_NANOS);
    }

    @Override
    public String name() {
        return "nvml";
    }

    @Override
    public List<EnergyDomain> domains() {
        return domains;
    }

    @Override
    public long minPeriodNanos() {
        return minPeriodNanos;
    }

    @Override
    public Optional<DeviceUsage> deviceUsage() {
        return tenancy;
    }

    @Override
    public void read(Readings into) {
        restartedInThisReading = false;
        for (int domain = 0; domain < devices.size(); domain++) {
            if (into.wants(domain)) {
                read(into, domain);
            }
        }
    }

    private void read(Readings into, int domain) {
        NvmlDevice device = devices.get(domain);
        int code = device.read(nvml, into, domain);
        if (code == NvmlReturn.SUCCESS) {
            return;
        }
        if (renew(device, code)) {
            code = device.read(nvml, into, domain);
        }
        if (NvmlReturn.isLoss(code) || NvmlReturn.isOfDriver(code)) {
            into.lost(domain, NvmlReturn.text(code));
        } else if (code != NvmlReturn.SUCCESS) {
            into.failed(domain, NvmlReturn.text(code));
        }
    }

    /** Renews the device's handle, if that can help; true if the read is to be repeated. */
    private boolean renew(NvmlDevice device, int code) {
        if (NvmlReturn.isOfDriver(code)) {
            return restart() && device.handle() != 0;
        }
        return code == NvmlReturn.INVALID_ARGUMENT && device.renew(nvml) == NvmlReturn.SUCCESS;
    }

    /** Initialises the library again, once in a reading, and renews all handles. */
    private boolean restart() {
        if (restartedInThisReading || nvml.init() != NvmlReturn.SUCCESS) {
            return false;
        }
        restartedInThisReading = true;
        for (int i = 0; i < devices.size(); i++) {
            devices.get(i).renew(nvml);
        }
        return true;
    }

    @Override
    public void close() {
        nvml.shutdown();
    }
}
