/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Totals over the runs of a ledger: by project, label, user, host, day and framework, with overlaps counted once.
 *
 * <p>Knows no output format. Holds a few hundred bytes a run.
 */
@NullMarked
package dev.wattle.core.ledger.totals;

import org.jspecify.annotations.NullMarked;
