/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Instruments training code: one file of points for each framework, and the transformation that inserts the calls.
 *
 * <p>The only user of Byte Buddy. It depends on no probe, meter or exporter.
 */
@NullMarked
package dev.wattle.agent.instrument;

import org.jspecify.annotations.NullMarked;
