/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Writes JSON as text.
 *
 * <p>What the JSON contains is decided by the packages that report.
 */
@NullMarked
package dev.wattle.core.json;

import org.jspecify.annotations.NullMarked;
