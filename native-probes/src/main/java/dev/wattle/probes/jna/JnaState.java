/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.jna;

/** Whether native libraries can be called. */
public sealed interface JnaState {

    /** JNA is loaded and works. */
    record Loaded() implements JnaState {}

    /**
     * JNA cannot be used in this JVM.
     *
     * @param reason what stood in the way, for a person to read
     */
    record Unavailable(String reason) implements JnaState {}
}
