/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What a probe is and how its readings become cumulative microjoules.
 *
 * <p>No source of energy lives here: reading hardware belongs to the probes' own module.
 */
@NullMarked
package dev.wattle.core.probe;

import org.jspecify.annotations.NullMarked;
