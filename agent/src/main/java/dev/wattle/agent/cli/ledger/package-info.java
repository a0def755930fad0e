/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The commands over recorded runs: their options, and their output as text, JSON and CSV.
 *
 * <p>Reads journals and writes none; nothing that meters a program knows of it.
 */
@NullMarked
package dev.wattle.agent.cli.ledger;

import org.jspecify.annotations.NullMarked;
