/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The configuration: one table of keys, their parser, and the immutable record that comes of it.
 *
 * <p>Parsed once at the start; nothing here acts on it.
 */
@NullMarked
package dev.wattle.agent.config;

import org.jspecify.annotations.NullMarked;
