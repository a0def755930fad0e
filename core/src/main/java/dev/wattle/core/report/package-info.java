/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A run's figures put together once, and how they are shown to a person or written to the journal.
 *
 * <p>Nothing is measured or decided here.
 */
@NullMarked
package dev.wattle.core.report;

import org.jspecify.annotations.NullMarked;
