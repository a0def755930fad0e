/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

/** A process that computes on a GPU: always, with no memory and no load where not said. */
public record GpuProcess(String line) {

    public static GpuProcess of(long pid) {
        return new GpuProcess("process " + pid);
    }

    /** The process that loads the library. */
    public static GpuProcess self() {
        return new GpuProcess("process self");
    }

    public GpuProcess bytes(long used) {
        return new GpuProcess(line + " bytes " + used);
    }

    /** Percent of the multiprocessors' time. */
    public GpuProcess sm(int percent) {
        return new GpuProcess(line + " sm " + percent);
    }

    /** A client of an MPS server, which stands on the list of those alone. */
    public GpuProcess underMps() {
        return new GpuProcess(line + " mps 1");
    }

    /** On the MIG slice that was added as the so many-th, from 0. */
    public GpuProcess slice(int index) {
        return new GpuProcess(line + " slice " + index);
    }

    public GpuProcess from(double seconds) {
        return new GpuProcess(line + " from " + seconds);
    }

    /** Before this time. */
    public GpuProcess to(double seconds) {
        return new GpuProcess(line + " to " + seconds);
    }
}
