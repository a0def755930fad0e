/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.benchmarks.overhead;

/** A host that does nothing until it is ended, so that all that happens in it is the agent's doing or the JVM's. */
public final class IdleHost {

    private IdleHost() {}

    public static void main(String[] args) throws InterruptedException {
        Thread.sleep(Long.MAX_VALUE);
    }
}
