/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.log.jul;

/** How grave a message is. */
public enum Level {
    FINER,
    FINE,
    INFO,
    WARNING,
    SEVERE
}
