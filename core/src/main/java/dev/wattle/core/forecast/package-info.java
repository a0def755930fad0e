/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Projections of a training's energy with their ranges, and the budget of a run.
 *
 * <p>Works on records only; measures and stops nothing.
 */
@NullMarked
package dev.wattle.core.forecast;

import org.jspecify.annotations.NullMarked;
