/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Stands in for java.util.logging in JNA, whose classes are made to name these instead when they are loaded.
 *
 * <p>Only what JNA calls is here, by the names and descriptors it calls it by.
 */
@NullMarked
package dev.wattle.agent.log.jul;

import org.jspecify.annotations.NullMarked;
