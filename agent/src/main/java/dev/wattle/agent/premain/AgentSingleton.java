/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import org.jspecify.annotations.Nullable;

/**
 * The one run of this JVM at a time. After a detach another can start.
 *
 * <p>Uses a monitor, not an atomic: an atomic initialises VarHandles, which takes 5 ms in a program that has none.
 * Thread-safe.
 */
final class AgentSingleton {
    /** The one of this JVM: the system loader loads this class once, however often the agent is attached. */
    static final AgentSingleton INSTANCE = new AgentSingleton();

    private @Nullable AgentContext current;

    /** Makes {@code context} the current run; false if there is one already. */
    synchronized boolean claim(AgentContext context) {
        if (current != null) {
            return false;
        }
        current = context;
        return true;
    }

    /** The current run, or null. */
    synchronized @Nullable AgentContext current() {
        return current;
    }

    /** Makes room for another run, if {@code context} is the current one. */
    synchronized void release(AgentContext context) {
        if (current == context) {
            current = null;
        }
    }
}
