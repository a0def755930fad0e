/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Processor and memory power by published models, for machines where nothing can be measured.
 *
 * <p>Nothing here measures energy, and nothing here is used where a counter can be read.
 */
@NullMarked
package dev.wattle.probes.model;

import org.jspecify.annotations.NullMarked;
