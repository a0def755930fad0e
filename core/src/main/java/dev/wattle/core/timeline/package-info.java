/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The record of energy over time that any thread may ask, and the lock-free structure that holds it.
 *
 * <p>Nothing here knows where energy comes from or what it is asked for.
 */
@NullMarked
package dev.wattle.core.timeline;

import org.jspecify.annotations.NullMarked;
