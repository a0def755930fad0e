/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Journals of earlier runs, read into immutable records.
 *
 * <p>Believes nothing: a file may be damaged, foreign or hostile. Adds nothing up across runs.
 */
@NullMarked
package dev.wattle.core.ledger.read;

import org.jspecify.annotations.NullMarked;
