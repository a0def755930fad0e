/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import dev.wattle.core.domain.DeviceOwnership;
import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.sampling.EnergyMeter.ProbeErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The domains of a meter in the order in which they joined, which may be long after metering began: a driver answers when
 * it answers. A domain that has joined keeps its place.
 *
 * <p>Thread-safe. A list that was taken does not change.
 */
final class DomainRegistry {

    private final Consumer<String> log;
    private final List<Consumer<List<DomainMeter>>> listeners = new ArrayList<>();
    private final List<Consumer<DomainMeter>> suspicious = new ArrayList<>();
    private List<DomainMeter> suspects = List.of();
    private volatile List<DomainMeter> domains = List.of();
    private volatile List<DeviceOwnership> ownerships = List.of();
    private volatile List<ProbeErrors> probes = List.of();

    /** @param log takes a line where a listener fails */
    DomainRegistry(Consumer<String> log) {
        this.log = log;
    }

    List<DomainMeter> domains() {
        return domains;
    }

    List<DeviceOwnership> ownerships() {
        return ownerships;
    }

    /** The probes whose domains have joined, each with how many of its readings failed. */
    List<ProbeErrors> probes() {
        return probes;
    }

    /** Adds all that a probe reads. */
    void join(ProbeReader reader) {
        reader.joined(this);
        join(reader.meters(), reader.ownerships(), List.of(new ProbeErrors(reader.name(), reader::errors)));
    }

    /**
     * Adds a domain that takes over from one of the same hardware.
     *
     * @param ownerships how this JVM uses it; none where it belongs to the machine as a whole
     */
    void joinSuccessor(DomainMeter successor, List<DeviceOwnership> ownerships) {
        join(List.of(successor), ownerships, List.of());
    }

    private synchronized void join(List<DomainMeter> meters, List<DeviceOwnership> users, List<ProbeErrors> errors) {
        ownerships = concat(ownerships, users);
        probes = concat(probes, errors);
        domains = concat(domains, meters);
        listeners.forEach(listener -> listener.accept(meters));
    }

    /** Tells a listener of each domain once: now of those that are there, and of others as they join. */
    synchronized void whenJoined(Consumer<DomainMeter> listener) {
        Consumer<List<DomainMeter>> each = meters -> meters.forEach(meter -> tell(listener, meter));
        listeners.add(each);
        each.accept(domains);
    }

    /** Tells a listener of those that join from now on, all of one source together. */
    synchronized void whenJoinedTogether(Consumer<List<DomainMeter>> listener) {
        listeners.add(listener);
    }

    /** A domain's readings are not believed any longer. */
    synchronized void suspect(DomainMeter meter) {
        suspects = concat(suspects, List.of(meter));
        suspicious.forEach(listener -> tell(listener, meter));
    }

    /** Tells a listener of each domain that is not believed any longer, once. */
    synchronized void whenSuspect(Consumer<DomainMeter> listener) {
        suspicious.add(listener);
        suspects.forEach(meter -> tell(listener, meter));
    }

    private void tell(Consumer<DomainMeter> listener, DomainMeter meter) {
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
