/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The results of the search for sources of energy, in words for the user: what was found, what is missing, how to fix it.
 *
 * <p>Nothing is searched here.
 */
@NullMarked
package dev.wattle.probes.source;

import org.jspecify.annotations.NullMarked;
