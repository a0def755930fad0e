/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Attach, detach and list: how a command reaches a running JVM, and what it may trust there.
 *
 * <p>Runs in the command's own process; of the metered JVM only its files and its attach socket are used.
 */
@NullMarked
package dev.wattle.agent.attach;

import org.jspecify.annotations.NullMarked;
