/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A snapshot as JSON: the journal's lines and the answer of /run.
 *
 * <p>Nothing is measured or decided here.
 */
@NullMarked
package dev.wattle.core.report.json;

import org.jspecify.annotations.NullMarked;
