/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What is known of one domain: its energy, power, coverage, cross-check and fallback, and which part of it belongs to
 * this JVM.
 *
 * <p>One thread writes a domain, any thread reads it; no thread is started here.
 */
@NullMarked
package dev.wattle.core.domain;

import org.jspecify.annotations.NullMarked;
