/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.html;

/**
 * One value of a chart. Immutable.
 *
 * @param x across, in the unit of the axis
 * @param y upwards, in the unit of the axis
 * @param text what the reader sees when pointing at it, with units
 */
record Mark(double x, double y, String text) {}
