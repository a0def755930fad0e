/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Kernel files that stay open and are read without allocating.
 *
 * <p>What their text means belongs to the readers.
 */
@NullMarked
package dev.wattle.core.file;

import org.jspecify.annotations.NullMarked;
