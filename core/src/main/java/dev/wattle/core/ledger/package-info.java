/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What is kept of a run on disk: the journal, one file a run, that survives the run's sudden end.
 *
 * <p>What the figures mean is decided elsewhere; here they are only written down.
 */
@NullMarked
package dev.wattle.core.ledger;

import org.jspecify.annotations.NullMarked;
