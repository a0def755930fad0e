/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.meters;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The meters that a binder has registered. {@link #close()} removes them; later ones are not registered. Thread-safe. */
final class RegisteredMeters implements AutoCloseable {

    private final List<Runnable> removals = new ArrayList<>();
    private final List<RegisteredMeters> groups = new ArrayList<>();
    private boolean closed;

    /** Registers one meter. */
    synchronized void add(MeterRegistry registry, Function<MeterRegistry, ? extends Meter> register) {
        if (!closed) {
            Meter meter = register.apply(registry);
            removals.add(() -> registry.remove(meter));
        }
    }

    /** Removes all meters and registers others in their place. */
    synchronized void replace(MeterRegistry registry, List<Function<MeterRegistry, Meter>> others) {
        clear();
        others.forEach(other -> add(registry, other));
    }

    /** A part of these meters that can be replaced. */
    synchronized RegisteredMeters group() {
        RegisteredMeters group = new RegisteredMeters();
        group.closed = closed;
        groups.add(group);
        return group;
    }

    @Override
    public synchronized void close() {
        closed = true;
        clear();
        groups.forEach(RegisteredMeters::close);
    }

    /** Removes all meters; others may follow. */
    synchronized void clear() {
        removals.forEach(Runnable::run);
        removals.clear();
    }
}
