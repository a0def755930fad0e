/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.epoch;

/**
 * What a program reported of the work of a training, beyond samples. Immutable.
 *
 * @param tokens trained on; 0 where none were reported
 * @param flops floating-point operations, as the program reckons them; 0 where none were reported
 */
public record ReportedWork(long tokens, double flops) {

    /** Nothing was reported. */
    public static final ReportedWork NONE = new ReportedWork(0, 0);
}
