/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A real browser, for the tests of what the meter writes as pages.
 *
 * <p>Knows none of the pages.
 */
@NullMarked
package dev.wattle.agent.browser;

import org.jspecify.annotations.NullMarked;
