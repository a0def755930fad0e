/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The commands about CO2e that need no run of this machine: {@code zones} and {@code estimate}.
 *
 * <p>They read tables and print; they measure nothing.
 */
@NullMarked
package dev.wattle.agent.cli.carbon;

import org.jspecify.annotations.NullMarked;
