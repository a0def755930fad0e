/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.compare;

/**
 * The first epoch that reached a goal. Nothing is interpolated between epochs, since nobody measured the metric there.
 *
 * @param epoch its number, from 1
 * @param microjoules what its training had used by its end
 */
public record Reached(int epoch, long microjoules) {}
