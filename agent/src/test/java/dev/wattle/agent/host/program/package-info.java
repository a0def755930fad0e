/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Main classes that tests start in JVMs of their own.
 *
 * <p>Nothing here runs in the test's own JVM.
 */
@NullMarked
package dev.wattle.agent.host.program;

import org.jspecify.annotations.NullMarked;
