/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.powercap;

import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.Readings;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Counters of plain files of twelve digits that move before each reading, as live ones do; allocates nothing. */
public final class MovingCounters implements EnergyProbe {
    private static final int DIGITS = 12;

    private final EnergyProbe probe;
    private final List<RandomAccessFile> counters = new ArrayList<>();
    private long millijoules;

    public MovingCounters(EnergyProbe probe) throws IOException {
        this.probe = probe;
        for (EnergyDomain domain : probe.domains()) {
            counters.add(new RandomAccessFile(
                    Path.of(domain.source()).resolve("energy_uj").toFile(), "rw"));
        }
    }

    @Override
    public String name() {
        return probe.name();
    }

    @Override
    public List<EnergyDomain> domains() {
        return probe.domains();
    }

    @Override
    public void read(Readings into) {
        millijoules += 1_000;
        try {
            for (int i = 0; i < counters.size(); i++) {
                long left = millijoules;
                for (int digit = DIGITS - 4; digit > 0; digit--) {
                    counters.get(i).seek(digit);
                    counters.get(i).write((int) ('0' + left % 10));
                    left /= 10;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        probe.read(into);
    }

    @Override
    public void close() {
        probe.close();
        for (RandomAccessFile counter : counters) {
            try {
                counter.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
