/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.totals;

import dev.wattle.core.ledger.read.EnergySeries;
import dev.wattle.core.ledger.read.JournalContent;
import dev.wattle.core.ledger.read.JournalReader;
import dev.wattle.core.ledger.read.RecordedRun;
import dev.wattle.core.ledger.totals.MeteredHardware.Device;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts the energy of a machine once where several JVMs metered it at the same time.
 *
 * <p>At each moment, the energy of a device belongs to the runs that metered it then with the best quality, in equal
 * parts:
 * each is attributed its own reading over their number. So the runs add up to the mean of their readings, which is
 * the union
 * over time. A modelled processor or memory counts nothing while another run on the machine measures that component.
 * Devices
 * of a container are no other run's.
 *
 * <p>Only the files of runs that overlap are read again, for their energy over time.
 */
final class AttributedEnergy {

    private final Map<String, OverlapTimeline> byHardware = new HashMap<>();

    /** The measured devices by component of a machine, where another run has it modelled. */
    private final Map<String, OverlapTimeline> measured = new HashMap<>();

    private AttributedEnergy() {}

    /** Reduces the attributed energy of the runs that overlap. */
    static void resolve(List<LedgerEntry> entries) {
        AttributedEnergy energy = new AttributedEnergy();
        for (LedgerEntry entry : entries) {
            for (Device device : entry.hardware().devices()) {
                if (!device.component().isEmpty() && !device.quality().isMeasured()) {
                    energy.measured.put(device.component(), new OverlapTimeline());
                }
            }
        }
        entries.forEach(energy::collect);
        energy.byHardware.values().forEach(OverlapTimeline::close);
        energy.measured.values().forEach(OverlapTimeline::close);
        entries.forEach(energy::attribute);
    }

    private void collect(LedgerEntry entry) {
        for (Device device : entry.hardware().devices()) {
            if (!device.hardware().isEmpty()) {
                byHardware
                        .computeIfAbsent(device.hardware(), hardware -> new OverlapTimeline())
                        .add(entry.startNanos(), entry.endNanos(), device.quality());
            }
            OverlapTimeline better = measured.get(device.component());
            if (better != null && device.quality().isMeasured()) {
                better.add(entry.startNanos(), entry.endNanos(), device.quality());
            }
        }
    }

    private void attribute(LedgerEntry entry) {
        List<Device> devices = entry.hardware().devices();
        EnergySeries series = null;
        for (int i = 0; i < devices.size(); i++) {
            Device device = devices.get(i);
            OverlapTimeline same = byHardware.get(device.hardware());
            OverlapTimeline better = device.quality().isMeasured() ? null : measured.get(device.component());
            if (same != null && entry.microjoules(i) > 0 && isReduced(entry, device, same, better)) {
                series = series == null ? series(entry) : series;
                long attributed = attributed(entry, device, series, same, better);
                entry.reduce(device.quality(), entry.microjoules(i) - Math.min(entry.microjoules(i), attributed));
            }
        }
    }

    private static boolean isReduced(
            LedgerEntry entry, Device device, OverlapTimeline same, @Nullable OverlapTimeline better) {
        long start = entry.startNanos();
        long end = entry.endNanos();
        return same.isShared(start, end, device.quality()) || (better != null && better.isUsed(start, end));
    }

    private static EnergySeries series(LedgerEntry entry) {
        JournalContent content = JournalReader.readWithSeries(entry.file());
        return content instanceof RecordedRun run ? run.series() : EnergySeries.NONE;
    }

    private static long attributed(
            LedgerEntry entry,
            Device device,
            EnergySeries series,
            OverlapTimeline same,
            @Nullable OverlapTimeline better) {
        long start = entry.startNanos();
        long end = entry.endNanos();
        double sum = 0;
        long at = start;
        long before = 0;
        while (at < end) {
            long next = Math.min(end, same.nextChange(at));
            if (better != null) {
                next = Math.min(next, better.nextChange(at));
            }
            long energy = next == end
                    ? series.microjoulesUntil(device.name(), Double.MAX_VALUE)
                    : series.microjoulesUntil(device.name(), (next - start) / 1e9);
            boolean displaced = better != null && better.isUsed(at, at + 1);
            sum += displaced ? 0 : same.part(at, device.quality()) * (energy - before);
            before = energy;
            at = next;
        }
        return Math.round(sum);
    }
}
