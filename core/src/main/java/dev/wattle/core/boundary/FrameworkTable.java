/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.boundary;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The frameworks that the program has loaded. Thread-safe; not for training threads. */
public final class FrameworkTable {

    private final Set<Framework> seen = EnumSet.noneOf(Framework.class);
    private final List<Consumer<Framework>> listeners = new ArrayList<>();

    /** Adds a framework that was loaded. */
    public synchronized void found(Framework framework) {
        if (seen.add(framework)) {
            listeners.forEach(listener -> listener.accept(framework));
        }
    }

    /** Those that are loaded. */
    public synchronized Set<Framework> all() {
        return seen.isEmpty() ? Set.of() : EnumSet.copyOf(seen);
    }

    /** Calls the listener once for every framework that is loaded, now or later; on the thread that found it. */
    public synchronized void whenFound(Consumer<Framework> listener) {
        seen.forEach(listener);
        listeners.add(listener);
    }
}
