/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.examples.data;

/**
 * Two parts of one table that share no row.
 *
 * @param train what a network learns from, shuffled
 * @param test what it is judged by, in the order of the classes
 */
public record Split(LabelledRows train, LabelledRows test) {}
