/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What a training will have cost: projections with their intervals, and the budget.
 *
 * <p>Works on records only; stops nothing by itself.
 */
@NullMarked
package dev.wattle.core.forecast;

import org.jspecify.annotations.NullMarked;
