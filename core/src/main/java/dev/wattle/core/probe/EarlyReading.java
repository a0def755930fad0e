/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.probe;

import java.nio.file.Path;

/**
 * A counter's value from before anything was looked for.
 *
 * @param file where it was read
 * @param nanos when, by System.nanoTime()
 * @param microjoules the counter as the hardware shows it, not unwrapped
 */
public record EarlyReading(Path file, long nanos, long microjoules) {}
