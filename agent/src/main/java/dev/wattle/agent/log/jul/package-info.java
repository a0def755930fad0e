/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Replaces java.util.logging in JNA: its classes refer to these instead, changed as they are loaded.
 *
 * <p>Only what JNA calls is here, by the names and descriptors it calls it by.
 */
@NullMarked
package dev.wattle.agent.log.jul;

import org.jspecify.annotations.NullMarked;
