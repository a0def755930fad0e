/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The energy of a run in the forms that others ask for: SPDX, and the sentence for the EU AI Act.
 *
 * <p>Figures come from the run's journal; nothing is computed here but units.
 */
@NullMarked
package dev.wattle.core.report.declare;

import org.jspecify.annotations.NullMarked;
