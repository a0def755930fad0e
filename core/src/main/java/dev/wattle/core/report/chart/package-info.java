/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The charts of the live page and of reports: scripts and styles to put into a page.
 *
 * <p>Knows no figures of a run, and no server.
 */
@NullMarked
package dev.wattle.core.report.chart;

import org.jspecify.annotations.NullMarked;
