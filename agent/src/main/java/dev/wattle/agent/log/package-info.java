/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The agent's lines on standard error, and slf4j for the libraries inside the agent, whose warnings become such lines.
 *
 * <p>The agent's own code does not use slf4j.
 */
@NullMarked
package dev.wattle.agent.log;

import org.jspecify.annotations.NullMarked;
