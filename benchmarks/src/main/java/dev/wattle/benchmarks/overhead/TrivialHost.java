/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.benchmarks.overhead;

/** The shortest host: it ends at once. */
public final class TrivialHost {

    private TrivialHost() {}

    public static void main(String[] args) {}
}
