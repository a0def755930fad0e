/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Finds the word that was probably meant by one with a typing error, for messages.
 *
 * <p>Knows no words of its own.
 */
@NullMarked
package dev.wattle.agent.premain.spelling;

import org.jspecify.annotations.NullMarked;
