/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import dev.wattle.agent.instrument.TrainingInstrumentation;
import dev.wattle.agent.premain.Arrival;
import dev.wattle.agent.premain.Notice;

/** Starts the agent's inside. Called once, by name, on the thread {@code wattle-agent}. */
public final class AgentRuntime {
    private AgentRuntime() {}

    /** What this throws turns the agent off, with one line said; the host goes on. */
    public static void start(Arrival arrival) {
        TrainingInstrumentation.arm(
                arrival.instrumentation(), arrival.filter(), line -> Notice.print(arrival.err(), line));
    }
}
