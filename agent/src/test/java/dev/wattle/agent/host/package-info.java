/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Starts real JVMs with the built agent and hands back all they said.
 *
 * <p>No assertion about the agent itself; the programs that are started are in the package {@code program}.
 */
@NullMarked
package dev.wattle.agent.host;

import org.jspecify.annotations.NullMarked;
