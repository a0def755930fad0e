/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A run's journal on disk, append-only and crash-safe, and the run's identity.
 *
 * <p>Knows lines, not their fields: the reports decide what is in them.
 */
@NullMarked
package dev.wattle.core.ledger;

import org.jspecify.annotations.NullMarked;
