/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Estimates the energy and CO2e of trainings that nobody metered, and recomputes published ones.
 *
 * <p>Knows figures and formulas. What an estimate looks like is up to the command.
 */
@NullMarked
package dev.wattle.core.estimate;

import org.jspecify.annotations.NullMarked;
