/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.host;

import java.util.function.Supplier;

/**
 * The same program twice, without the agent and with it. With it the program's standard input ends once the agent
 * meters, so that a program that waits for that end is metered while it does what it does.
 */
public record TwoRuns(HostRun without, HostRun with) {
    public static TwoRuns of(Supplier<HostJvm> host, String agentArguments, Class<?> mainClass, String... arguments) {
        HostRun without = finish(host.get().start(mainClass, arguments));
        RunningHost metered = host.get().agent(agentArguments).start(mainClass, arguments);
        metered.awaitStderr("wattle: metering ");
        return new TwoRuns(without, finish(metered));
    }

    private static HostRun finish(RunningHost running) {
        running.endInput();
        return running.awaitExit();
    }
}
