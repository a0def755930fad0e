/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Whether the joules are right: counters that follow a known curve, and what the agent makes of them.
 *
 * <p>Only curves, the tree they drive and the tests over both; JVMs are started by the package {@code host}.
 */
@NullMarked
package dev.wattle.agent.energy;

import org.jspecify.annotations.NullMarked;
