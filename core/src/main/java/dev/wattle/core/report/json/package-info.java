/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A snapshot as JSON: the lines of the journal and the response of {@code /run}.
 *
 * <p>Measures and decides nothing.
 */
@NullMarked
package dev.wattle.core.report.json;

import org.jspecify.annotations.NullMarked;
