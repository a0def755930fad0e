/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A run's journal on disk, append-only and crash-safe, and the run's identity.
 *
 * <p>What the lines say is decided by the reports.
 */
@NullMarked
package dev.wattle.core.ledger;

import org.jspecify.annotations.NullMarked;
