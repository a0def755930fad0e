/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What the search for sources of energy tells a person: which were looked for, what came of it, and what helps.
 *
 * <p>No source is looked for here.
 */
@NullMarked
package dev.wattle.probes.source;

import org.jspecify.annotations.NullMarked;
