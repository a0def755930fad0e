/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What the job is doing: the training frameworks and how far they have come.
 *
 * <p>No type of a framework is known here; what is known comes as numbers.
 */
@NullMarked
package dev.wattle.core.training;

import org.jspecify.annotations.NullMarked;
