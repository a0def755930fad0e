/* SPDX-License-Identifier: Apache-2.0 */
/** The events in a recording of this JVM's own. */
@NullMarked
package dev.wattle.agent.jfr;

import org.jspecify.annotations.NullMarked;
