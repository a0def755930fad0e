/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Micrometer binders, usable as a library without the agent.
 *
 * <p>No registry is created and nothing is served here.
 */
@NullMarked
package dev.wattle.core.meters;

import org.jspecify.annotations.NullMarked;
