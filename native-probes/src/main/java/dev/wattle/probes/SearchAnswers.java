/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes;

import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.probe.Scope;
import dev.wattle.probes.nvml.NvmlSource;
import dev.wattle.probes.source.Findings;
import dev.wattle.probes.source.ProbeKind;
import dev.wattle.probes.source.ProcessorPart;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the sources have answered so far, and what their domains cover. Thread-safe. */
final class SearchAnswers {
    private final Set<ProbeKind> kinds;
    private final Map<ProbeKind, Findings> answers = new EnumMap<>(ProbeKind.class);

    /** @param kinds the sources that are wanted */
    SearchAnswers(Set<ProbeKind> kinds) {
        this.kinds = Set.copyOf(kinds);
    }

    boolean isWanted(ProbeKind kind) {
        return kinds.contains(kind);
    }

    synchronized void put(ProbeKind kind, Findings found) {
        answers.put(kind, found);
    }

    synchronized boolean isUnanswered(ProbeKind kind) {
        return isWanted(kind) && !answers.containsKey(kind);
    }

    /** In the order of the search. */
    synchronized List<Findings> all() {
        return List.copyOf(answers.values());
    }

    List<EnergyProbe> probes() {
        return all().stream().flatMap(found -> found.probe().stream()).toList();
    }

    synchronized List<EnergyProbe> probesOf(ProbeKind kind) {
        return Stream.ofNullable(answers.get(kind))
                .flatMap(found -> found.probe().stream())
                .toList();
    }

    /** The sockets that a source meters, as {@link ProcessorPart#socketOf} names them. */
    Set<String> socketsOf(ProbeKind kind) {
        return probesOf(kind).stream()
                .flatMap(probe -> probe.domains().stream())
                .map(domain -> ProcessorPart.socketOf(domain.device()))
                .collect(Collectors.toSet());
    }

    boolean meters(Component component) {
        return anyDomain(domain -> domain.component() == component);
    }

    /** Whether a counter meters the component. Sensors that are not counters may include memory with the processor. */
    boolean counts(Component component) {
        return anyDomain(domain -> domain.component() == component && domain.quality() == Quality.COUNTER);
    }

    /** Whether a source measures the processors, so that they need no model. */
    boolean measuresProcessors() {
        return anyDomain(domain -> domain.component() == Component.CPU && domain.quality() != Quality.MODELLED);
    }

    /** Whether only the processors of a container are metered. */
    boolean metersContainer() {
        return anyDomain(domain -> domain.component() == Component.CPU && domain.scope() == Scope.CONTAINER);
    }

    /** Whether the energy of GPUs includes the processors on their modules. */
    boolean metersModules() {
        return anyDomain(NvmlSource::isModule);
    }

    private boolean anyDomain(Predicate<EnergyDomain> condition) {
        return probes().stream().flatMap(probe -> probe.domains().stream()).anyMatch(condition);
    }
}
