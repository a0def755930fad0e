/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.source;

/**
 * What helps where a source cannot be read.
 *
 * @param when the case it is for, as the first words of a sentence: {@code in a container}, {@code until the next boot}
 * @param command what to type or to set, exactly
 */
public record Remedy(String when, String command) {}
