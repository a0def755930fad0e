/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.summary;

/** How much of a run its summary shows. */
public enum SummaryLength {
    /** The answer and what a reader needs to judge it: at most 25 lines for a run of one training. */
    SHORT,
    /** All devices, trainings, phases, windows, plots and notes. */
    FULL
}
