/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The windows and epochs that the program itself marks through the public API.
 *
 * <p>No lock and no lookup on the program's threads; energies are resolved on wattle-run.
 */
@NullMarked
package dev.wattle.core.window;

import org.jspecify.annotations.NullMarked;
