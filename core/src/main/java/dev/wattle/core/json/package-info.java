/* SPDX-License-Identifier: Apache-2.0 */
/** How JSON becomes text. What stands in it belongs to the packages that report. */
@NullMarked
package dev.wattle.core.json;

import org.jspecify.annotations.NullMarked;
