/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.read;

import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.ledger.RunIdentity;
import dev.wattle.core.ledger.read.FigureLines.TotalsLine;
import dev.wattle.core.ledger.read.RunLines.RunLine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts the lines of one journal together. Not thread-safe. */
final class JournalParser {

    private static final String UNKNOWN = "unknown";

    private final Path file;
    private final @Nullable SeriesRecorder series;
    private final TrainingSums trainings = new TrainingSums();
    private final List<RecordedDevice> devices = new ArrayList<>();

    private @Nullable RunIdentity identity;
    private Optional<RecordedCarbon> carbon = Optional.empty();
    private @Nullable TotalsLine totals;
    private boolean ended;
    private boolean newer;
    private boolean anyText;
    private boolean anyLine;
    private long damagedLines;
    private String firstDamage = "";

    JournalParser(Path file, boolean withSeries) {
        this.file = file;
        this.series = withSeries ? new SeriesRecorder() : null;
    }

    /** Takes a line; returns whether to continue. */
    boolean accept(long number, String line) {
        if (line.isBlank()) {
            return true;
        }
        anyText = true;
        try {
            return acceptWhole(line);
        } catch (IOException | RuntimeException damage) {
            damaged(number, damage instanceof DamagedLineException known ? known.what() : "is not valid JSON");
            return true;
        }
    }

    /** Counts a line that is left out. */
    void damaged(long number, String what) {
        anyText = true;
        if (damagedLines++ == 0) {
            firstDamage = "line " + number + " " + what;
        }
    }

    private boolean acceptWhole(String line) throws IOException {
        switch (LineType.of(line)) {
            case "run" -> {
                return acceptRun(RunLines.run(line));
            }
            case "device" -> devices.add(RunLines.device(line));
            case "checkpoint" -> acceptTotals(FigureLines.totals(line), false);
            case "summary" -> acceptTotals(FigureLines.totals(line), true);
            case "epoch" -> trainings.add(FigureLines.epoch(line));
            default -> {
                LineType.check(line);
                return true;
            }
        }
        anyLine = true;
        return true;
    }

    private boolean acceptRun(RunLine run) throws IOException {
        anyLine = true;
        if (run.schema() > RunLines.SCHEMA) {
            newer = true;
            return false;
        }
        RunIdentity known = identity;
        if (known != null && !isSame(known, run.identity())) {
            throw new DamagedLineException(
                    "starts a second run; only the first of a file can be counted, so give each its own file");
        }
        identity = run.identity();
        carbon = run.carbon().or(() -> carbon);
        // Where another program has cut the file short, the run writes its first line once more.
        devices.clear();
        devices.addAll(run.devices());
        return true;
    }

    private static boolean isSame(RunIdentity one, RunIdentity other) {
        return one.run().equals(other.run())
                && one.host().equals(other.host())
                && one.pid() == other.pid()
                && one.started().equals(other.started());
    }

    private void acceptTotals(TotalsLine line, boolean summary) throws IOException {
        if (ended) {
            throw new DamagedLineException("follows the summary");
        }
        totals = line;
        ended = summary;
        carbon = line.carbon().or(() -> carbon);
        if (series != null) {
            series.add(line.seconds(), line.microjoules());
        }
    }

    /** What the file holds, after its last line. */
    JournalContent content() {
        if (newer) {
            return skipped("was written by a newer version of Wattle, whose format this one does not know");
        }
        if (!anyText) {
            return skipped("is empty");
        }
        if (!anyLine) {
            return skipped("is not a journal of Wattle");
        }
        RunIdentity run = identity;
        TotalsLine last = totals;
        if (run == null) {
            return skipped("has no readable line of type run, so that its run, host and start are unknown"
                    + damage().map(what -> "; it " + what).orElse(""));
        }
        if (last == null) {
            return skipped("has no readable checkpoint or summary, so that its energy is unknown"
                    + damage().map(what -> "; it " + what).orElse(""));
        }
        return recorded(run, last);
    }

    private RecordedRun recorded(RunIdentity run, TotalsLine last) {
        Instant at =
                last.at().orElseGet(() -> run.started().plusNanos(Math.round(Math.min(last.seconds(), 9e9) * 1e9)));
        RecordedTotals known = new RecordedTotals(
                at,
                last.seconds(),
                last.microjoules(),
                last.microjoulesByQuality().orElseGet(() -> byQuality(last)),
                last.processMicrojoules(),
                co2eGrams(last),
                last.iterations());
        return new RecordedRun(
                file,
                run,
                carbon,
                last.devices().orElse(List.copyOf(devices)),
                known,
                ended,
                ended ? last.trainings() : trainings.toList(),
                series == null ? EnergySeries.NONE : series.toSeries(last.seconds(), last.microjoules()),
                damage());
    }

    private double co2eGrams(TotalsLine last) {
        if (!Double.isNaN(last.co2eGrams()) || carbon.isEmpty()) {
            return last.co2eGrams();
        }
        long microjoules =
                last.microjoules().values().stream().mapToLong(Long::longValue).sum();
        return EnergyUnits.kwh(microjoules) * carbon.get().pue() * carbon.get().gramsPerKwh();
    }

    private Map<String, Long> byQuality(TotalsLine last) {
        Map<String, Long> sums = new LinkedHashMap<>();
        last.microjoules().forEach((device, energy) -> sums.merge(qualityOf(device), energy, Long::sum));
        return sums;
    }

    private String qualityOf(String device) {
        List<String> qualities = devices.stream()
                .filter(known -> known.device().equals(device))
                .map(RecordedDevice::quality)
                .distinct()
                .toList();
        return qualities.size() == 1 ? qualities.get(0) : UNKNOWN;
    }

    private Optional<String> damage() {
        if (damagedLines == 0) {
            return Optional.empty();
        }
        return Optional.of((damagedLines == 1 ? "has a damaged line" : "has " + damagedLines + " damaged lines") + ": "
                + firstDamage);
    }

    private SkippedFile skipped(String reason) {
        return new SkippedFile(file, reason);
    }
}
