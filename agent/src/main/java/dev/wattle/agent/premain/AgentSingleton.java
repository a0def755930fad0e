/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import org.jspecify.annotations.Nullable;

/**
 * The run in this JVM: one at a time, and after a detach the next one may come.
 *
 * <p>A monitor and no atomic: those start the JDK's VarHandles, 5 ms that many a program never pays. Thread-safe.
 */
final class AgentSingleton {
    /** The one of this JVM: the way in is loaded once, by the system loader, however often the agent comes. */
    static final AgentSingleton IN_THIS_JVM = new AgentSingleton();

    private @Nullable AgentContext present;

    /** Takes the place; false where somebody has it. */
    synchronized boolean enter(AgentContext arrival) {
        if (present != null) {
            return false;
        }
        present = arrival;
        return true;
    }

    /** Who has the place, or null. */
    synchronized @Nullable AgentContext present() {
        return present;
    }

    /** Gives the place up, if this is who has it. */
    synchronized void leave(AgentContext arrival) {
        if (present == arrival) {
            present = null;
        }
    }
}
