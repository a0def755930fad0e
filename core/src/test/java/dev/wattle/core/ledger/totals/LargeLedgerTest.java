/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.totals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattle.core.ledger.read.LedgerFiles;
import dev.wattle.core.ledger.read.SkippedFile;
import dev.wattle.core.ledger.totals.GeneratedLedger.Run;
import dev.wattle.core.ledger.totals.Grouping.Property;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LargeLedgerTest {

    @TempDir
    Path directory;

    @Tag("long")
    @Test
    void theTotalsOfFiveThousandRunsAreThoseOfAnIndependentSum() throws Exception {
        GeneratedLedger ledger = new GeneratedLedger(directory, 5_000, 1);

        LedgerTotals found = totals(Property.PROJECT);

        long recorded = ledger.runs().stream().mapToLong(Run::microjoules).sum();
        assertThat(found.skipped()).isEmpty();
        assertThat(found.totals().runs()).isEqualTo(5_000);
        assertThat(found.totals().killed())
                .isEqualTo(ledger.runs().stream().filter(Run::killed).count());
        assertThat(found.totals().recordedMicrojoules()).isEqualTo(recorded);
        assertThat(found.totals().seconds())
                .isCloseTo(ledger.runs().stream().mapToLong(Run::seconds).sum(), within(1e-3));
        assertThat(found.totals().processMicrojoules())
                .isEqualTo(ledger.runs().stream()
                        .mapToLong(run -> run.microjoules() / 2)
                        .sum());
        // Each run is rounded to a whole microjoule.
        assertThat(found.totals().microjoules())
                .isLessThan(recorded)
                .isCloseTo(ledger.unionMicrojoules(), within(5_000L));
        assertThat(found.rows().stream().mapToLong(LedgerRow::microjoules).sum())
                .isEqualTo(found.totals().microjoules());
        Map<String, Long> runs = new HashMap<>();
        ledger.runs().forEach(run -> runs.merge(run.project(), 1L, Long::sum));
        assertThat(found.rows()).allSatisfy(row -> assertThat(row.runs()).isEqualTo(runs.get(row.name())));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void noDamageChangesATotalWithoutBeingNamed(long seed) throws Exception {
        GeneratedLedger ledger = new GeneratedLedger(directory, 300, seed);
        Random random = new Random(seed);
        Set<Path> damaged = new HashSet<>();
        for (Run run : ledger.runs()) {
            if (random.nextBoolean()) {
                damage(run.file(), random);
                damaged.add(run.file());
            }
        }

        LedgerTotals found = totals(Property.RUN);

        Set<Path> named = new HashSet<>();
        found.skipped().stream().map(SkippedFile::file).forEach(named::add);
        assertThat(damaged).containsAll(named);
        Map<String, LedgerRow> rows = new HashMap<>();
        found.rows().forEach(row -> rows.put(row.name(), row));
        for (Run run : ledger.runs()) {
            if (!named.contains(run.file())) {
                String name = run.file().getFileName().toString().replace(".jsonl", "");
                LedgerRow row = Objects.requireNonNull(rows.get(name), name);
                // A cut at the end of a line is a kill at that moment.
                assertThat(row.recordedMicrojoules())
                        .as(name)
                        .isIn(row.killed() > 0 ? energiesOf(run) : List.of(run.microjoules()));
            }
        }
        assertThat(found.rows().stream()
                        .mapToLong(LedgerRow::recordedMicrojoules)
                        .sum())
                .isEqualTo(found.totals().recordedMicrojoules());
    }

    private static List<Long> energiesOf(Run run) {
        List<Long> energies = new ArrayList<>();
        run.checkpoints().forEach(second -> energies.add(second * run.watts() * 1_000_000L));
        energies.add(run.microjoules());
        return energies;
    }

    /** What disks, networks, editors and other programs do to files; always something that JSON or its checks can show. */
    private static void damage(Path file, Random random) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(7)) {
            case 0 -> Files.write(file, Arrays.copyOf(bytes, at));
            case 1 -> {
                Arrays.fill(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(4_096)), (byte) 0);
                Files.write(file, bytes);
            }
            case 2 -> {
                random.nextBytes(bytes);
                Files.write(file, bytes);
            }
            case 3 -> Files.write(file, new byte[0]);
            case 4 -> {
                byte[] garbage = new byte[1 + random.nextInt(100)];
                random.nextBytes(garbage);
                System.arraycopy(garbage, 0, bytes, at, Math.min(garbage.length, bytes.length - at));
                Files.write(file, bytes);
            }
            case 5 ->
                Files.writeString(
                        file,
                        new String(bytes, StandardCharsets.UTF_8)
                                .replace("\"microjoules\":{", "\"microjoules\":{\"x\":1e999,"));
            default ->
                Files.writeString(
                        file,
                        new String(bytes, StandardCharsets.UTF_8)
                                .replaceAll("\"elapsed_seconds\":([0-9.]+)", "\"elapsed_seconds\":\"$1\""));
        }
    }

    private LedgerTotals totals(Grouping grouping) throws InterruptedException {
        return LedgerTotals.of(LedgerFiles.in(List.of(directory)), LedgerQuery.all(grouping));
    }
}
