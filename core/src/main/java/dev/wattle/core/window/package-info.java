/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The windows and epochs that the program itself marks through the public API.
 *
 * <p>Opening and closing take no lock and look nothing up; energies are looked up on {@code wattle-run}.
 */
@NullMarked
package dev.wattle.core.window;

import org.jspecify.annotations.NullMarked;
