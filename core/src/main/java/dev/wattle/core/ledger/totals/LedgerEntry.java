/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.totals;

import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.ledger.read.RecordedCarbon;
import dev.wattle.core.ledger.read.RecordedRun;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * What is kept of a run until all are read: a few hundred bytes. Energies are whole microjoules. The attributed ones
 * are the
 * recorded ones until {@link AttributedEnergy} reduces them. Not thread-safe.
 */
final class LedgerEntry {

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final Path file;
    private final String row;
    private final String project;
    private final long identity;
    private final long startNanos;
    private final double seconds;
    private final boolean killed;
    private final MeteredHardware hardware;
    private final long[] microjoules;
    private final long[] byQuality;
    private final long process;
    private final long recorded;
    private final double co2eGrams;
    private final double pue;
    private long attributed;

    /**
     * Keeps what is needed of the run.
     *
     * @param row the name of its row
     * @param project its project; empty where it has none
     * @param hardware that of its devices, in the order of its energies
     */
    LedgerEntry(RecordedRun run, String row, String project, MeteredHardware hardware) {
        this.file = run.file();
        this.row = row;
        this.project = project;
        this.identity = identityOf(run);
        Instant started = run.identity().started();
        this.startNanos = started.getEpochSecond() * NANOS_PER_SECOND + started.getNano();
        this.seconds = run.seconds();
        this.killed = run.killed();
        this.hardware = hardware;
        this.microjoules = run.totals().microjoules().values().stream()
                .mapToLong(Long::longValue)
                .toArray();
        this.byQuality = new long[LedgerQuality.values().length];
        for (Map.Entry<String, Long> each : run.totals().microjoulesByQuality().entrySet()) {
            byQuality[LedgerQuality.of(each.getKey()).ordinal()] += each.getValue();
        }
        long sum = 0;
        for (long each : run.totals().processMicrojoules().values()) {
            sum = sum + each >= 0 ? sum + each : Long.MAX_VALUE;
        }
        this.process = sum;
        this.recorded = run.microjoules();
        this.attributed = recorded;
        this.co2eGrams = run.co2eGrams();
        this.pue = run.carbon().map(RecordedCarbon::pue).orElse(1.0);
    }

    /** Equal for two files of the same run; the chance that two others are equal is that of a hash of 64 bits. */
    private static long identityOf(RecordedRun run) {
        String name = run.identity().run()
                + '\0'
                + run.identity().host()
                + '\0'
                + run.identity().pid()
                + '\0'
                + run.identity().started();
        return (long) name.hashCode() << 32
                ^ Objects.hash(new StringBuilder(name).reverse().toString(), name.length());
    }

    Path file() {
        return file;
    }

    String row() {
        return row;
    }

    String project() {
        return project;
    }

    long identity() {
        return identity;
    }

    Instant started() {
        return Instant.ofEpochSecond(startNanos / NANOS_PER_SECOND, startNanos % NANOS_PER_SECOND);
    }

    /** Nanoseconds since 1970. */
    long startNanos() {
        return startNanos;
    }

    long endNanos() {
        return startNanos + Math.round(seconds * NANOS_PER_SECOND);
    }

    double seconds() {
        return seconds;
    }

    boolean killed() {
        return killed;
    }

    MeteredHardware hardware() {
        return hardware;
    }

    /** The recorded energy of a device, by its index. */
    long microjoules(int device) {
        return microjoules[device];
    }

    long recordedMicrojoules() {
        return recorded;
    }

    long processMicrojoules() {
        return process;
    }

    double co2eGrams() {
        return co2eGrams;
    }

    double pue() {
        return pue;
    }

    /** The carbon intensity that the run's CO2e had on average; NaN where it is unknown. */
    double gramsPerKwh() {
        return recorded == 0 ? co2eGrams : co2eGrams / (EnergyUnits.kwh(recorded) * pue);
    }

    /** Leaves a part of a device's energy to other runs. */
    void reduce(LedgerQuality quality, long removed) {
        attributed -= removed;
        long left = removed;
        // The device's own quality first. Where it has had two sources, the rest is that of the other one.
        left -= take(quality.ordinal(), left);
        for (int i = byQuality.length - 1; i >= 0 && left > 0; i--) {
            left -= take(i, left);
        }
    }

    private long take(int quality, long wanted) {
        long taken = Math.min(wanted, byQuality[quality]);
        byQuality[quality] -= taken;
        return taken;
    }

    long attributedMicrojoules() {
        return attributed;
    }

    long[] attributedByQuality() {
        return byQuality;
    }

    /** The part of the recorded energy that is attributed to this run, from 0 to 1. */
    double attributedPart() {
        return recorded == 0 || attributed == recorded ? 1 : (double) attributed / recorded;
    }
}
