/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Outgoing HTTP: short requests with deadlines, through nothing that the program can replace where the JDK allows it.
 *
 * <p>Knows no service and parses no body. Nothing of it is loaded until a part of the meter sends a request.
 */
@NullMarked
package dev.wattle.agent.http;

import org.jspecify.annotations.NullMarked;
