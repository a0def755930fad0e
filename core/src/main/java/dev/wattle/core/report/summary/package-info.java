/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The summary at the end of a run: the answer in four lines, and what follows it, in short or in full.
 *
 * <p>Quantities, tables and sentences that other reports have too belong into {@code core.report.text}.
 */
@NullMarked
package dev.wattle.core.report.summary;

import org.jspecify.annotations.NullMarked;
