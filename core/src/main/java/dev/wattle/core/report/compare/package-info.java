/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Comparisons of runs as text and as JSON.
 *
 * <p>Words and layout only; the figures come from {@code core.ledger.compare}.
 */
@NullMarked
package dev.wattle.core.report.compare;

import org.jspecify.annotations.NullMarked;
