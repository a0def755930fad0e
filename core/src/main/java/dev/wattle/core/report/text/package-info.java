/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Text for people: quantities with fitting units, aligned tables, and sentences about trainings, budgets and windows.
 *
 * <p>Measures and decides nothing.
 */
@NullMarked
package dev.wattle.core.report.text;

import org.jspecify.annotations.NullMarked;
