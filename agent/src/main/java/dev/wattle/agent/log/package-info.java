/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Where the libraries inside the agent may complain: slf4j, led to the agent's own lines on standard error.
 *
 * <p>The agent's own code does not log through this; it says its lines itself.
 */
@NullMarked
package dev.wattle.agent.log;

import org.jspecify.annotations.NullMarked;
