/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import dev.wattle.core.probe.DeviceUsage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which GPUs this JVM uses: those whose list of compute processes has it. While no list has it, those that CUDA makes
 * visible to it; without such a setting, all.
 *
 * <p>A GPU whose list has had this JVM once stays its own. A shared GPU is split by the multiprocessors' time, else by
 * memory, else evenly. A MIG device counts with its share of the slices. Being on no list proves nothing: the process ids
 * of containers and of WSL are not always translated. Used by one thread.
 */
final class NvmlTenancy implements DeviceUsage {
    private final Nvml nvml;
    private final List<NvmlDevice> devices;
    private final Optional<Map<Integer, Double>> visible;
    private final RunningProcesses processes;
    private final MigSlices[] slices;
    private final boolean[] own;
    private final Use[] uses;
    private final double[] shares;
    private final String[] rules;
    private final long[] sampledMicros;
    private boolean ownAnywhere;

    /** @param visible the GPUs that CUDA makes visible to this process, each with its share; empty if it has no setting */
    NvmlTenancy(
            Nvml nvml,
            List<NvmlDevice> devices,
            List<MigSlices> slices,
            Optional<Map<Integer, Double>> visible,
            long ownPid) {
        this.nvml = nvml;
        this.devices = List.copyOf(devices);
        this.visible = visible;
        this.processes = new RunningProcesses(ownPid);
        this.slices = slices.toArray(MigSlices[]::new);
        this.own = new boolean[devices.size()];
        this.uses = new Use[devices.size()];
        this.shares = new double[devices.size()];
        this.rules = new String[devices.size()];
        this.sampledMicros = new long[devices.size()];
        refresh();
    }

    @Override
    public void refresh() {
        for (int domain = 0; domain < uses.length; domain++) {
            if (processes.list(devices.get(domain).handle()) == NvmlReturn.SUCCESS) {
                update(domain);
            }
        }
        for (int domain = 0; domain < uses.length; domain++) {
            if (!own[domain]) {
                assume(domain);
            }
        }
    }

    private void update(int domain) {
        boolean joined = processes.hasOwn() && !own[domain];
        own[domain] |= processes.hasOwn();
        ownAnywhere |= processes.hasOwn();
        if (joined && slices[domain].isDivided()) {
            partition(domain);
        } else if (own[domain] && !slices[domain].isDivided()) {
            share(domain, processes.others());
        }
    }

    /** Reads the slices again: the GPU may have been divided differently since the JVM started. */
    private void partition(int domain) {
        NvmlDevice device = devices.get(domain);
        slices[domain] = MigSlices.of(nvml, device.handle(), device.identity().uuid());
        int instance = processes.ownGpuInstance();
        set(
                domain,
                Use.PARTITION,
                slices[domain].shareOf(instance),
                slices[domain].slicesByGpuInstance().getOrDefault(instance, 0) + " of " + slices[domain].slices()
                        + " MIG slices");
    }

    private void share(int domain, int others) {
        if (others > 0) {
            split(domain);
        } else {
            set(domain, Use.EXCLUSIVE, 1, "alone on it");
        }
    }

    private void split(int domain) {
        int code = processes.sampleActivity(devices.get(domain).handle(), sampledMicros[domain]);
        sampledMicros[domain] = processes.newestMicros();
        if (!processes.hasOwn()) {
            set(domain, Use.SHARED, 0, "no longer on it");
        } else if (code == NvmlReturn.SUCCESS && !Double.isNaN(processes.activityShare())) {
            set(domain, Use.SHARED, processes.activityShare(), "by SM utilisation");
        } else if (code != NvmlReturn.SUCCESS && !Double.isNaN(processes.memoryShare())) {
            set(domain, Use.SHARED, processes.memoryShare(), "by GPU memory");
        } else {
            // No process causes an idle board's power, so all that hold it share it evenly.
            set(domain, Use.SHARED, 1.0 / (processes.others() + 1), "evenly");
        }
    }

    private void assume(int domain) {
        if (ownAnywhere) {
            set(domain, Use.OTHERS, 0, "this JVM is on other GPUs");
        } else if (visible.isEmpty()) {
            set(domain, Use.ASSUMED, 1, "nothing shows whose it is");
        } else {
            double share =
                    visible.get().getOrDefault(devices.get(domain).identity().index(), 0.0);
            if (share == 0) {
                set(domain, Use.OTHERS, 0, "CUDA_VISIBLE_DEVICES leaves it out");
            } else {
                set(domain, share < 1 ? Use.PARTITION : Use.ASSUMED, share, "CUDA_VISIBLE_DEVICES names it");
            }
        }
    }

    private void set(int domain, Use use, double share, String rule) {
        uses[domain] = use;
        shares[domain] = share;
        rules[domain] = rule;
    }

    @Override
    public Use use(int domain) {
        return uses[domain];
    }

    @Override
    public double share(int domain) {
        return shares[domain];
    }

    @Override
    public String rule(int domain) {
        return rules[domain];
    }
}
