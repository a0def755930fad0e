/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.detail;

/**
 * The energy of one phase of a run. Immutable.
 *
 * @param framework its framework, or {@code none}
 * @param phase such as {@code train} or {@code outside}
 * @param microjoules its energy over all devices
 */
public record PhaseDetail(String framework, String phase, long microjoules) {}
