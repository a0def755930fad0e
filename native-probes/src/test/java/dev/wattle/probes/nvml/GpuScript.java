/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import java.util.ArrayList;
import java.util.List;

/**
 * A GPU of a {@link FakeNvml}: a board by its name in NVML, drawing nothing where no power is said.
 *
 * <p>What the sensors show of the power, and how often, is decided by the compute capability and the driver, as on real
 * boards, where it is not said. Immutable.
 *
 * @param uuid empty for one by the GPU's place in the machine
 * @param moduleFactor what the module draws for each watt of the GPU; 0 without a module
 */
public record GpuScript(List<String> lines, String uuid, Power power, double moduleFactor) {

    public enum Reading {
        /** nvmlDeviceGetPowerUsage. */
        POWER,
        /** Field 185. */
        AVERAGE,
        /** Field 186. */
        INSTANT
    }

    public GpuScript {
        lines = List.copyOf(lines);
    }

    /** A board of which nothing is known but this. */
    public static GpuScript board(String name, int major, int minor, int limitWatts, int mebibytes) {
        List<String> lines = List.of(
                "name " + name, "capability " + major + " " + minor, "limit " + limitWatts, "memory " + mebibytes);
        return new GpuScript(lines, "", Power.constant(0), 0);
    }

    public static GpuScript h100() {
        return board("NVIDIA H100 80GB HBM3", 9, 0, 700, 81_559).pciDevice(0x2330);
    }

    public static GpuScript h200() {
        return board("NVIDIA H200", 9, 0, 700, 143_771).pciDevice(0x2335);
    }

    public static GpuScript l40s() {
        return board("NVIDIA L40S", 8, 9, 350, 46_068).pciDevice(0x26b9);
    }

    public static GpuScript rtx3090() {
        return board("NVIDIA GeForce RTX 3090", 8, 6, 350, 24_576).pciDevice(0x2204);
    }

    public static GpuScript a100() {
        return board("NVIDIA A100-SXM4-80GB", 8, 0, 400, 81_920).pciDevice(0x20b2);
    }

    public static GpuScript t4() {
        return board("Tesla T4", 7, 5, 70, 15_360).pciDevice(0x1eb8);
    }

    public static GpuScript v100() {
        return board("Tesla V100-SXM2-32GB", 7, 0, 300, 32_768).pciDevice(0x1db5);
    }

    public static GpuScript p100() {
        return board("Tesla P100-PCIE-16GB", 6, 0, 250, 16_384).pciDevice(0x15f8);
    }

    /** The GPU of a Grace Hopper module whose counter is the module's: half as much again as the GPU alone. */
    public static GpuScript gh200() {
        return board("NVIDIA GH200 480GB", 9, 0, 900, 97_871)
                .pciDevice(0x2342)
                .module(1.5, 1000)
                .counterCoversModule();
    }

    public static GpuScript b200() {
        return board("NVIDIA B200", 10, 0, 1000, 183_359).pciDevice(0x2901);
    }

    public GpuScript uuid(String chosen) {
        return new GpuScript(lines, chosen, power, moduleFactor);
    }

    public GpuScript power(Power drawn) {
        return new GpuScript(lines, uuid, drawn, moduleFactor);
    }

    /** Such as {@code 0000:41:00.0}. */
    public GpuScript pciBusId(String id) {
        return with("pci " + id);
    }

    public GpuScript enforcedLimit(double watts) {
        return with("limit enforced " + watts);
    }

    public GpuScript defaultLimit(double watts) {
        return with("limit default " + watts);
    }

    /** NVML's number where it is not what the capability says. */
    public GpuScript architecture(long number) {
        return with("architecture " + number);
    }

    /** The reading is the mean over the window before the last of its updates. */
    public GpuScript window(Reading reading, double seconds, double period) {
        return with(sensor(reading) + " window " + seconds + " period " + period);
    }

    /** The reading lags behind as a first-order low-pass. */
    public GpuScript filter(Reading reading, double timeConstant, double period) {
        return with(sensor(reading) + " filter " + timeConstant + " period " + period);
    }

    public GpuScript without(Reading reading) {
        return with(sensor(reading) + " none");
    }

    public GpuScript withoutCounter() {
        return with("energy none");
    }

    /** How often the counter is renewed. */
    public GpuScript counterPeriod(double seconds) {
        return with("energy period " + seconds);
    }

    /** What it shows at t = 0. */
    public GpuScript counterStart(double joules) {
        return with("energy start " + joules);
    }

    /** What it counts for each joule drawn. */
    public GpuScript counterGain(double factor) {
        return with("energy gain " + factor);
    }

    public GpuScript counterResetAt(double seconds) {
        return with("energy reset " + seconds);
    }

    /** The counter, though not field 191, is the module's. */
    public GpuScript counterCoversModule() {
        return with("energy covers module");
    }

    /** The GPU is part of a module that draws so much for each of its watts. */
    public GpuScript module(double factor, double limitWatts) {
        GpuScript changed = with("module " + factor + " limit " + limitWatts);
        return new GpuScript(changed.lines, uuid, power, factor);
    }

    /** Percent. */
    public GpuScript utilization(int gpu, int memory) {
        return with("utilization " + gpu + " " + memory);
    }

    /** Percent, from one time until before the other. */
    public GpuScript utilization(int gpu, int memory, double from, double to) {
        return with("utilization " + gpu + " " + memory + " from " + from + " to " + to);
    }

    public GpuScript process(GpuProcess process) {
        return with(process.line());
    }

    public GpuScript mig() {
        return with("mig");
    }

    /** A MIG device: a compute instance that fills its GPU instance. */
    public GpuScript slice(String uuid, int gpuInstance, int computeInstance, int slices, int mebibytes) {
        return with("slice " + uuid + " gi " + gpuInstance + " ci " + computeInstance + " slices " + slices
                + " mebibytes " + mebibytes);
    }

    private GpuScript pciDevice(int device) {
        // The lower half is the vendor: NVIDIA.
        return with("pci device " + Integer.toHexString(device << 16 | 0x10de));
    }

    private GpuScript with(String line) {
        List<String> more = new ArrayList<>(lines);
        more.add(line);
        return new GpuScript(more, uuid, power, moduleFactor);
    }

    private static String sensor(Reading reading) {
        return "sensor "
                + switch (reading) {
                    case POWER -> "power";
                    case AVERAGE -> "average";
                    case INSTANT -> "instant";
                };
    }
}
