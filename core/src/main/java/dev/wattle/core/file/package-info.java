/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Files read for others: kernel files that stay open and are read without allocating, and tables of published figures.
 *
 * <p>What their text means belongs to the readers.
 */
@NullMarked
package dev.wattle.core.file;

import org.jspecify.annotations.NullMarked;
