/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The meter's events in JDK Flight Recorder.
 *
 * <p>Nothing here starts the recorder; without a recording there are no events.
 */
@NullMarked
package dev.wattle.agent.jfr;

import org.jspecify.annotations.NullMarked;
