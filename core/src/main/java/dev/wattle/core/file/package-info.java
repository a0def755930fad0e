/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Files: kernel files that stay open and are read without allocation, and tables of published figures.
 *
 * <p>The meaning of their text belongs to the callers.
 */
@NullMarked
package dev.wattle.core.file;

import org.jspecify.annotations.NullMarked;
