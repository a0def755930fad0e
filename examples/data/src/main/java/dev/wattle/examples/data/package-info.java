/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Real data for the training programs: reading labelled rows and splitting them.
 *
 * <p>No framework and no network belong here: each program turns the rows into its own arrays.
 */
@NullMarked
package dev.wattle.examples.data;

import org.jspecify.annotations.NullMarked;
