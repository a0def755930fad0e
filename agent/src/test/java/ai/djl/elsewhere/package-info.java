/* SPDX-License-Identifier: Apache-2.0 */
/** A framework of another version than Wattle knows. */
@NullMarked
package ai.djl.elsewhere;

import org.jspecify.annotations.NullMarked;
