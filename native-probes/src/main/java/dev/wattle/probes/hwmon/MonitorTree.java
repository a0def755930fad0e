/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.hwmon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All monitors under a root, each once: a driver shows a device's sensors in one monitor of a name. */
final class MonitorTree {
    private MonitorTree() {}

    /** In the order of their numbers; none where the root is missing or unreadable. */
    static List<Monitor> monitors(Path root) {
        Map<List<Object>, Monitor> monitors = new LinkedHashMap<>();
        try (Stream<Path> links = Files.list(root)) {
            links.filter(link -> nameOf(link).startsWith("hwmon"))
                    .sorted(Comparator.comparing((Path link) -> nameOf(link).length())
                            .thenComparing(MonitorTree::nameOf))
                    .flatMap(link -> Monitor.at(link).stream())
                    .forEach(monitor -> monitors.putIfAbsent(List.of(monitor.device(), monitor.name()), monitor));
        } catch (IOException | UncheckedIOException unreadable) {
            return List.of();
        }
        return List.copyOf(monitors.values());
    }

    /** Those of a driver, in the order of where their devices sit. */
    static List<Monitor> of(String driver, List<Monitor> monitors) {
        return monitors.stream()
                .filter(monitor -> monitor.name().equals(driver))
                .sorted(Comparator.comparing(Monitor::place))
                .toList();
    }

    private static String nameOf(Path link) {
        return String.valueOf(link.getFileName());
    }
}
