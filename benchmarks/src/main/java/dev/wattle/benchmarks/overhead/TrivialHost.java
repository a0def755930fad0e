/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.benchmarks.overhead;

/** The shortest life a host can have. */
public final class TrivialHost {

    private TrivialHost() {}

    public static void main(String[] args) {}
}
