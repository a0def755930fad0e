/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.probe;

/**
 * One thing whose energy is metered: a GPU, a processor package, the memory of a socket.
 *
 * @param component the part of the machine it belongs to
 * @param device its name on this machine, used as a label: {@code package-0}, {@code dram-1}, {@code gpu-3}
 * @param name the product name of the processor or board
 * @param uuid the hardware's own identity; empty if it has none
 * @param quality how its energy is determined
 * @param scope whose energy it holds
 * @param source where it is read: a zone's directory, a library and index, a model's name
 * @param sensor what its hardware reports
 */
public record EnergyDomain(
        Component component,
        String device,
        String name,
        String uuid,
        Quality quality,
        Scope scope,
        String source,
        Sensor sensor) {

    /**
     * The hash of the device, which identifies the domain. Written out, because the compiler's would keep a class of the meter
     * in a method handle of JDK 17 permanently, and with it all of a meter that has been detached.
     */
    @Override
    public int hashCode() {
        return device.hashCode();
    }
}
