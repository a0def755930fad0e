/* SPDX-License-Identifier: Apache-2.0 */
/**
 * One domain: its energy, power and coverage, the checks of its readings, and the part that belongs to this JVM.
 *
 * <p>One thread writes a domain, any thread reads it. No thread is started here.
 */
@NullMarked
package dev.wattle.core.domain;

import org.jspecify.annotations.NullMarked;
