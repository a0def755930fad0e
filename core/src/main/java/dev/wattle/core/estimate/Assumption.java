/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.estimate;

/**
 * One thing that an estimate takes for granted. Immutable.
 *
 * @param subject what it is about, such as {@code board power}
 * @param value what is assumed, in words
 * @param source who says so, with the year; empty for what the user gave
 */
public record Assumption(String subject, String value, String source) {

    /** What the user gave. */
    public static Assumption given(String subject, String value) {
        return new Assumption(subject, value, "");
    }
}
