/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.benchmarks.overhead;

/** A host that does nothing until it is ended: everything that happens in it is done by the agent or the JVM. */
public final class IdleHost {

    private IdleHost() {}

    public static void main(String[] args) throws InterruptedException {
        Thread.sleep(Long.MAX_VALUE);
    }
}
