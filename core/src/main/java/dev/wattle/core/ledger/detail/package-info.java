/* SPDX-License-Identifier: Apache-2.0 */
/**
 * One run with its trainings, epochs and checkpoints, read from the lines of its journal.
 *
 * <p>For reports about single runs and comparisons of a few. Adds nothing up over runs.
 */
@NullMarked
package dev.wattle.core.ledger.detail;

import org.jspecify.annotations.NullMarked;
