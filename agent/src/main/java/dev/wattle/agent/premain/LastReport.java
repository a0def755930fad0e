/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

/** What a run does as the JVM ends. */
public interface LastReport {
    /**
     * Takes the last reading and reports the run.
     *
     * @param step to be called after each step: where a machine has too much to do, the JVM waits longer while steps come
     */
    void report(Runnable step);

    /**
     * What is missing and where the rest is, once the JVM waits no longer; empty where all is told. From another thread;
     * never waits.
     */
    String missing();
}
