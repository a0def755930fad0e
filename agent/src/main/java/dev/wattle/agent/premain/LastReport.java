/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

/** Reports a run when the JVM ends. */
public interface LastReport {
    /**
     * Takes the last reading and reports the run.
     *
     * @param step called after each step; on an overloaded machine the JVM waits longer while steps follow each other
     */
    void report(Runnable step);

    /**
     * Names what has not been reported, and where it can be found, once the JVM waits no longer. Empty if all was reported.
     * Called on another thread; never waits.
     */
    String missing();
}
