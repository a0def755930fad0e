/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Models processor and memory power with published figures, for machines where nothing can be measured.
 *
 * <p>Nothing here measures energy, or is used if a counter can be read.
 */
@NullMarked
package dev.wattle.probes.model;

import org.jspecify.annotations.NullMarked;
