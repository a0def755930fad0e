/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A snapshot as text for a person: the summary at the end, tables, plots, quantities.
 *
 * <p>Nothing is measured or decided here.
 */
@NullMarked
package dev.wattle.core.report.text;

import org.jspecify.annotations.NullMarked;
