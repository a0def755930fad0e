/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes;

import java.nio.file.Path;

/** The kernel's description of its unit {@code power}, and which processor is in which package, in plain files. */
public final class PerfTree {
    /** The kernel's: 2^-32 J. */
    public static final String RAPL_SCALE = "2.3283064365386962890625e-10";

    private final ProcTree files;

    public PerfTree(Path root) {
        files = new ProcTree(root);
    }

    /** What {@code /sys/bus/event_source/devices} is. */
    public Path eventSources() {
        return files.root().resolve("devices");
    }

    /** What {@code /sys/devices/system/cpu} is. */
    public Path cpus() {
        return files.root().resolve("cpu");
    }

    public PerfTree unit(int type, String cpumask) {
        return file("type", type + "\n").file("cpumask", cpumask + "\n").file("format/event", "config:0-7\n");
    }

    public PerfTree event(String name, String description, String scale) {
        return file("events/" + name, description)
                .file("events/" + name + ".scale", scale)
                .file("events/" + name + ".unit", "Joules");
    }

    /** Any file of the unit. */
    public PerfTree file(String path, String content) {
        files.file("devices/power/" + path, content);
        return this;
    }

    public PerfTree cpu(int number, int socket, int die) {
        String topology = "cpu/cpu" + number + "/topology/";
        files.file(topology + "physical_package_id", socket + "\n").file(topology + "die_id", die + "\n");
        return this;
    }

    /** Two sockets of an Intel server: the kernel reads for them on processors 0 and 32. */
    public PerfTree xeonServer() {
        return unit(77, "0,32")
                .event("energy-pkg", "event=0x02", RAPL_SCALE)
                .event("energy-ram", "event=0x03", RAPL_SCALE)
                .event("energy-psys", "event=0x05", RAPL_SCALE)
                .cpu(0, 0, 0)
                .cpu(32, 1, 0);
    }

    /**
     * A unit whose counters have a power that is known: its type is that of the kernel's software events, and its
     * {@code energy-pkg} the clock of a processor, which counts a nanosecond each nanosecond.
     */
    public PerfTree clockOf(int watts) {
        return unit(1, "0").event("energy-pkg", "event=0x00", watts + "e-9").cpu(0, 0, 0);
    }
}
