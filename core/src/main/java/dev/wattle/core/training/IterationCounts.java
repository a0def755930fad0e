/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.training;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;

/**
 * How many iterations each framework has done: updates of a model's weights.
 *
 * <p>Thread-safe. Counting is one atomic addition; nothing is counted for a framework that is not there.
 */
public final class IterationCounts {

    private final AtomicLongArray iterations = new AtomicLongArray(Framework.values().length);
    private final Set<Framework> seen = EnumSet.noneOf(Framework.class);
    private final List<Consumer<Framework>> listeners = new ArrayList<>();

    /** Counts one iteration; from training threads. */
    public void iteration(Framework framework) {
        iterations.getAndIncrement(framework.ordinal());
    }

    /** The iterations of a framework so far. */
    public long iterations(Framework framework) {
        return iterations.get(framework.ordinal());
    }

    /** Says that the framework is there and its iterations are being counted. */
    public synchronized void found(Framework framework) {
        if (seen.add(framework)) {
            listeners.forEach(listener -> listener.accept(framework));
        }
    }

    /** The frameworks that are there. */
    public synchronized Set<Framework> frameworks() {
        return seen.isEmpty() ? Set.of() : EnumSet.copyOf(seen);
    }

    /** Tells of every framework that is there, and of each that is found later, once. */
    public synchronized void whenFound(Consumer<Framework> listener) {
        seen.forEach(listener);
        listeners.add(listener);
    }
}
