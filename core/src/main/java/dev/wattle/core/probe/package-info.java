/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What a source of energy must offer: domains, their sensors, and the readings of a probe.
 *
 * <p>No hardware is read here, and nothing is accumulated.
 */
@NullMarked
package dev.wattle.core.probe;

import org.jspecify.annotations.NullMarked;
