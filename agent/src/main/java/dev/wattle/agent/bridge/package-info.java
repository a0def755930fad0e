/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The only classes that instrumented training code may call: primitives in, nothing out.
 *
 * <p>No logic, no state except the connected sink, nothing that could allocate or throw.
 */
@NullMarked
package dev.wattle.agent.bridge;

import org.jspecify.annotations.NullMarked;
