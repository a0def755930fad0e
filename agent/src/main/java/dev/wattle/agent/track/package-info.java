/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Experiment trackers: sends each epoch's energy, CO2e and loss to MLflow, and writes them to TensorBoard's files.
 *
 * <p>Off unless configured, and then on threads of its own. A tracker that fails costs a line and nothing else.
 */
@NullMarked
package dev.wattle.agent.track;

import org.jspecify.annotations.NullMarked;
