/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Whether real trainings are left as they are and counted right, and what a real Prometheus keeps of them.
 *
 * <p>The programs that train are the examples; nothing here trains by itself.
 */
@NullMarked
package dev.wattle.agent.training;

import org.jspecify.annotations.NullMarked;
