/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A snapshot as text for people: the summary at the end, its tables, plots and sentences, and the format of quantities.
 *
 * <p>Measures and decides nothing.
 */
@NullMarked
package dev.wattle.core.report.text;

import org.jspecify.annotations.NullMarked;
