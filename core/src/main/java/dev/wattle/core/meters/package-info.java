/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The Micrometer face of the meter, usable as a library without the agent.
 *
 * <p>Binders only: no registry is made and nothing is served here.
 */
@NullMarked
package dev.wattle.core.meters;

import org.jspecify.annotations.NullMarked;
