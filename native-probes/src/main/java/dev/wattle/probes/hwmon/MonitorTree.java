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

/** Lists the monitors under a root, each once. A driver shows the sensors of a device in one monitor for each name. */
final class MonitorTree {
    private MonitorTree() {}

    /** In the order of their numbers; none if the root is missing or unreadable. */
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

    /** The monitors of a driver, in the order of their places. */
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
