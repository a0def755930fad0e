/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import dev.wattle.core.domain.DeviceOwnership;
import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.sampling.EnergyMeter.ProbeErrors;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The domains of a meter, in the order in which they joined. A domain may join long after metering started, when its driver
 * answers; it keeps its place.
 *
 * <p>Thread-safe. A returned list does not change.
 */
final class DomainRegistry {

    private final Consumer<String> log;
    private final List<Consumer<List<DomainMeter>>> listeners = new ArrayList<>();
    private final List<Consumer<DomainMeter>> suspicionListeners = new ArrayList<>();
    private List<DomainMeter> suspects = List.of();
    private volatile List<DomainMeter> domains = List.of();
    private volatile List<DeviceOwnership> ownerships = List.of();
    private volatile List<ProbeErrors> probes = List.of();

    /** By identity: a replaced domain and its successor describe the same hardware. */
    private final Map<DomainMeter, String> sources = new IdentityHashMap<>();

    /** @param log takes a line for each listener that throws */
    DomainRegistry(Consumer<String> log) {
        this.log = log;
    }

    List<DomainMeter> domains() {
        return domains;
    }

    List<DeviceOwnership> ownerships() {
        return ownerships;
    }

    /** The name of the probe that reads a domain; empty for one that has not joined. */
    String source(DomainMeter meter) {
        synchronized (sources) {
            return sources.getOrDefault(meter, "");
        }
    }

    private void note(List<DomainMeter> meters, String source) {
        synchronized (sources) {
            meters.forEach(meter -> sources.put(meter, source));
        }
    }

    /** The probes whose domains have joined, with their failed readings. */
    List<ProbeErrors> probes() {
        return probes;
    }

    /** Adds all domains of a probe. */
    void join(ProbeReader reader) {
        reader.reportTo(this);
        note(reader.meters(), reader.name());
        join(reader.meters(), reader.ownerships(), List.of(new ProbeErrors(reader.name(), reader::errors)));
    }

    /**
     * Adds a domain that replaces one of the same hardware.
     *
     * @param source the name of the probe that reads it
     * @param newOwnerships how this JVM uses it; none if it belongs to the machine as a whole
     */
    void joinSuccessor(DomainMeter successor, String source, List<DeviceOwnership> newOwnerships) {
        note(List.of(successor), source);
        join(List.of(successor), newOwnerships, List.of());
    }

    private synchronized void join(
            List<DomainMeter> meters, List<DeviceOwnership> newOwnerships, List<ProbeErrors> errors) {
        ownerships = concat(ownerships, newOwnerships);
        probes = concat(probes, errors);
        domains = concat(domains, meters);
        listeners.forEach(listener -> listener.accept(meters));
    }

    /** Calls a listener once for each domain: now, or when it joins. */
    synchronized void whenJoined(Consumer<DomainMeter> listener) {
        Consumer<List<DomainMeter>> each = meters -> meters.forEach(meter -> call(listener, meter));
        listeners.add(each);
        each.accept(domains);
    }

    /** Calls a listener for the domains that join from now on, once for each source. */
    synchronized void whenJoinedTogether(Consumer<List<DomainMeter>> listener) {
        listeners.add(listener);
    }

    /** Reports a domain whose readings are not believed. */
    synchronized void suspect(DomainMeter meter) {
        suspects = concat(suspects, List.of(meter));
        suspicionListeners.forEach(listener -> call(listener, meter));
    }

    /** Calls a listener once for each domain whose readings are not believed. */
    synchronized void whenSuspect(Consumer<DomainMeter> listener) {
        suspicionListeners.add(listener);
        suspects.forEach(meter -> call(listener, meter));
    }

    private void call(Consumer<DomainMeter> listener, DomainMeter meter) {
        try {
            listener.accept(meter);
        } catch (Throwable e) {
            log.accept("announcing " + meter.domain().device() + " failed: " + e);
        }
    }

    private static <T> List<T> concat(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }
}
