/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The doctor: every source that was searched, a live reading of each, and the remedies.
 *
 * <p>Runs in the command's own process; nothing that meters a program knows of it.
 */
@NullMarked
package dev.wattle.agent.cli;

import org.jspecify.annotations.NullMarked;
