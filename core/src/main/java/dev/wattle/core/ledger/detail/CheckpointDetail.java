/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.detail;

import java.util.Map;

/**
 * The energy that a run had used at a moment. Immutable.
 *
 * @param seconds since the run started
 * @param microjoules used since then, by device
 */
public record CheckpointDetail(double seconds, Map<String, Long> microjoules) {}
