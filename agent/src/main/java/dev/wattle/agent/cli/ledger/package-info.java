/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The commands about runs that were metered: compare.
 *
 * <p>Words and options of the command line; figures and formats are in core.
 */
@NullMarked
package dev.wattle.agent.cli.ledger;

import org.jspecify.annotations.NullMarked;
