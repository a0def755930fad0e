/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A training program as a user of Deeplearning4j would write it.
 *
 * <p>Nothing here measures: reading files and splitting rows belong to the data module.
 */
@NullMarked
package dev.wattle.examples.dl4j;

import org.jspecify.annotations.NullMarked;
