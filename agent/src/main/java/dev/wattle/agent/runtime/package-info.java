/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The wiring of a run: opens its parts, publishes its snapshots, writes its journal, and closes everything in reverse order.
 *
 * <p>Contains no sensor, no bytecode and no exporter.
 */
@NullMarked
package dev.wattle.agent.runtime;

import org.jspecify.annotations.NullMarked;
