/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.probe;

/**
 * One thing that has a power: a GPU, a processor package, the memory of a socket.
 *
 * @param component the part of the machine it belongs to
 * @param device its name among its kind, used as a label: {@code package-0}, {@code dram-1}, {@code gpu-3}
 * @param name what a person calls it: the processor's or the board's product name
 * @param uuid the identity the hardware gives itself; empty where it has none
 * @param quality how its joules are known
 * @param scope whose energy it holds
 * @param source where it is read: a zone's directory, a library and index, a model's name
 * @param sensor what it hands over
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
     * Of the device alone, which names it. Written out, since the one the compiler would make leaves a class of the meter in
     * a method handle of the JDK 17 for ever, and with it all of a meter that has left its JVM.
     */
    @Override
    public int hashCode() {
        return device.hashCode();
    }
}
