/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * A machine with NVIDIA GPUs, to be installed as a {@link FakeNvml}: driver 550.54.15 on virtual time where not said.
 *
 * <p>Mutable; for one thread.
 */
public final class NvmlMachine {
    private final List<String> lines = new ArrayList<>();
    private final Set<String> absent = new TreeSet<>();
    private final List<GpuScript> gpus;
    private boolean realTime;

    private NvmlMachine(List<GpuScript> gpus) {
        this.gpus = gpus;
    }

    /** A machine with these GPUs, in the order of their indices. */
    public static NvmlMachine with(GpuScript... gpus) {
        List<GpuScript> distinct = new ArrayList<>(Arrays.asList(gpus));
        for (int i = 0; i < gpus.length; i++) {
            if (gpus[i].uuid().isEmpty()) {
                distinct.set(
                        i,
                        gpus[i].uuid("GPU-" + UUID.nameUUIDFromBytes(("GPU " + i).getBytes(StandardCharsets.UTF_8))));
            }
        }
        return new NvmlMachine(distinct);
    }

    public NvmlMachine driver(String version) {
        lines.add("driver " + version);
        return this;
    }

    /** Such as 12040 for 12.4. */
    public NvmlMachine cuda(int version) {
        lines.add("cuda " + version);
        return this;
    }

    public NvmlMachine fault(Fault fault) {
        lines.add(fault.line());
        return this;
    }

    /** Calls can be made to hang with {@link FakeNvml#hang}. */
    public NvmlMachine hangable() {
        lines.add("hangs");
        return this;
    }

    /** The driver is away between two times. */
    public NvmlMachine unloaded(double fromSeconds, double toSeconds) {
        lines.add("unload from " + fromSeconds + " to " + toSeconds);
        return this;
    }

    /** A driver so old that its library lacks this function. */
    public NvmlMachine without(String function) {
        absent.add(function);
        return this;
    }

    /** Time runs by itself from the installation on, here and in other processes. */
    public NvmlMachine realTime() {
        realTime = true;
        return this;
    }

    /** Builds the library into the directory, which is to be empty, with its script beside it. */
    public FakeNvml install(Path directory) {
        long start = realTime ? System.nanoTime() : 0;
        List<String> script = new ArrayList<>(lines);
        // On Linux, System.nanoTime() is CLOCK_MONOTONIC.
        script.add(realTime ? "clock real " + start : "clock virtual");
        for (int i = 0; i < gpus.size(); i++) {
            GpuScript gpu = gpus.get(i);
            script.add("gpu");
            script.add("uuid " + gpu.uuid());
            script.add("pci 0000:" + Integer.toHexString(0x17 + 0x11 * i) + ":00.0");
            script.add("power " + gpu.power().words());
            script.addAll(gpu.lines());
        }
        return FakeNvml.of(directory, script, absent, gpus, realTime, start);
    }
}
