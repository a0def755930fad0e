/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.track;

/**
 * One value of a curve. Immutable.
 *
 * @param key the curve's name, such as {@code wattle/epoch_energy_joules}
 * @param value a finite number
 * @param epochMillis when it was reached, in milliseconds since 1970
 * @param step its place on the curve: the epoch's number
 */
record Scalar(String key, double value, long epochMillis, long step) {}
