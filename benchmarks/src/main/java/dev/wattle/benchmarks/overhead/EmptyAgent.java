/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.benchmarks.overhead;

/** What the JVM itself takes for an agent, before the agent has done anything. */
public final class EmptyAgent {

    private EmptyAgent() {}

    public static void premain(String arguments) {}
}
