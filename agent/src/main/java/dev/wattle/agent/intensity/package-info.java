/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Live carbon intensity: three services, their answers, and what a run uses while one does not answer.
 *
 * <p>Knows the wire formats and nothing of how requests are sent. Nothing of it is loaded unless it is configured.
 */
@NullMarked
package dev.wattle.agent.intensity;

import org.jspecify.annotations.NullMarked;
