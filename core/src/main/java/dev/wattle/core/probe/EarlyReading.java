/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.probe;

import java.nio.file.Path;

/**
 * A counter's value from before the sources were searched.
 *
 * @param file the counter's file
 * @param nanos the instant of the reading, on System.nanoTime()
 * @param microjoules the counter as the hardware shows it, not unwrapped
 */
public record EarlyReading(Path file, long nanos, long microjoules) {}
