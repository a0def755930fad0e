/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Boundaries that training code marks, and the lock-free queue that carries them: primitives, many writers, one reader.
 *
 * <p>Attribution decides what a boundary means for energy. No type of a framework is known here.
 */
@NullMarked
package dev.wattle.core.boundary;

import org.jspecify.annotations.NullMarked;
