/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.log.jul;

/** How grave a message is. */
public enum Level {
    FINE,
    INFO,
    WARNING,
    SEVERE
}
