/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.benchmarks.overhead;

/** A host that sleeps and ends soon. */
public final class ShortHost {

    private ShortHost() {}

    /** @param args for how long it runs, in milliseconds */
    public static void main(String[] args) throws InterruptedException {
        Thread.sleep(Long.parseLong(args[0]));
    }
}
