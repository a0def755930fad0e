/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Records of what was attributed: epochs, trainings, phases and windows, their bounded history and learning curve.
 *
 * <p>Immutable records and pure functions of them; no thread, no clock, no timeline.
 */
@NullMarked
package dev.wattle.core.epoch;

import org.jspecify.annotations.NullMarked;
