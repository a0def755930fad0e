/* SPDX-License-Identifier: Apache-2.0 */
/**
 * How figures leave the JVM while it runs: the live endpoint.
 *
 * <p>What the figures are is decided elsewhere; nothing here measures.
 */
@NullMarked
package dev.wattle.agent.export;

import org.jspecify.annotations.NullMarked;
