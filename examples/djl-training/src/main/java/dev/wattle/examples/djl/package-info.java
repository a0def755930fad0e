/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A training program as a user of the Deep Java Library would write it, with both kinds of loop.
 *
 * <p>Nothing here measures: reading files and splitting rows belong to the data module.
 */
@NullMarked
package dev.wattle.examples.djl;

import org.jspecify.annotations.NullMarked;
