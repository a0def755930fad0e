/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Reports as one self-contained HTML file: of a run, of a comparison, of a ledger.
 *
 * <p>Charts are SVG made here, so that they show without a script. Reads no file and computes no figure of its own.
 */
@NullMarked
package dev.wattle.core.report.html;

import org.jspecify.annotations.NullMarked;
