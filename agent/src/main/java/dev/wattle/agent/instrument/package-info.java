/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Where training code is watched: one file a framework, and the weaving that puts the calls in.
 *
 * <p>The only user of Byte Buddy; it knows nothing of probes, meters or exporters.
 */
@NullMarked
package dev.wattle.agent.instrument;

import org.jspecify.annotations.NullMarked;
