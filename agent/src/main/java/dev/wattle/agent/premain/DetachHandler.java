/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

/** Ends a run in a JVM that keeps running. */
public interface DetachHandler {
    /**
     * Stops metering, restores the instrumented classes and stops all that was started for the run.
     *
     * @return the summary
     */
    String detach();
}
