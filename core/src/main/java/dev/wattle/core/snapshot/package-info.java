/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Everything known of a run at one moment, immutable. The only thing that exporters read.
 *
 * <p>Figures are put together here, not shown.
 */
@NullMarked
package dev.wattle.core.snapshot;

import org.jspecify.annotations.NullMarked;
