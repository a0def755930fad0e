/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A few runs side by side: what each used and reached, and which of them are on the Pareto front.
 *
 * <p>Figures only; text, JSON and HTML are made of them elsewhere.
 */
@NullMarked
package dev.wattle.core.ledger.compare;

import org.jspecify.annotations.NullMarked;
