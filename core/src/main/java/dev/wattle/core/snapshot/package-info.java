/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The state of a run at one moment, immutable. Exporters read this and nothing else.
 *
 * <p>Combines figures; does not format or write them.
 */
@NullMarked
package dev.wattle.core.snapshot;

import org.jspecify.annotations.NullMarked;
