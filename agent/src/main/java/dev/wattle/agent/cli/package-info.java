/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What the jar does as a program, a class a command, and what those write.
 *
 * <p>Nothing here runs inside a metered program, and nothing there knows of this.
 */
@NullMarked
package dev.wattle.agent.cli;

import org.jspecify.annotations.NullMarked;
