/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.powercap;

import dev.wattle.core.probe.EarlyReading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Readings from before the search, by their zone, whatever path they were read on. Immutable. */
final class EarlyCounters {
    private final Map<Path, EarlyReading> byZone;

    private EarlyCounters(Map<Path, EarlyReading> byZone) {
        this.byZone = byZone;
    }

    static EarlyCounters of(List<EarlyReading> readings) {
        Map<Path, EarlyReading> byZone = new HashMap<>();
        for (EarlyReading reading : readings) {
            try {
                Path zone = reading.file().toAbsolutePath().getParent();
                if (zone != null) {
                    byZone.putIfAbsent(zone.toRealPath(), reading);
                }
            } catch (IOException gone) {
                // A zone that no longer exists is not metered.
            }
        }
        return new EarlyCounters(byZone);
    }

    /** @param zone its canonical directory */
    Optional<EarlyReading> of(Path zone) {
        return Optional.ofNullable(byZone.get(zone));
    }
}
