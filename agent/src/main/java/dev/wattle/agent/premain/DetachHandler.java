/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

/** Ends a run in a JVM that goes on. */
public interface DetachHandler {
    /**
     * Stops to meter, gives the program its own classes back and ends all that was started for the run.
     *
     * @return the summary
     */
    String leave();
}
