/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The agent's inside: it wires the parts together once the way in is open, and takes them apart again.
 *
 * <p>No sensor, no bytecode and no exporter is written here.
 */
@NullMarked
package dev.wattle.agent.runtime;

import org.jspecify.annotations.NullMarked;
