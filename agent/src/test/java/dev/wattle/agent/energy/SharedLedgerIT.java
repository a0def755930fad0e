/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.RunningHost;
import dev.wattle.agent.host.program.Ending;
import dev.wattle.core.ledger.read.JournalReader;
import dev.wattle.core.ledger.read.LedgerFiles;
import dev.wattle.core.ledger.read.RecordedRun;
import dev.wattle.core.ledger.totals.Grouping.Property;
import dev.wattle.core.ledger.totals.LedgerQuery;
import dev.wattle.core.ledger.totals.LedgerTotals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two JVMs that meter one machine at the same time: the ledger has the machine's energy once. */
class SharedLedgerIT {
    /** Four counters of 20 W. */
    private static final double WATTS = 80;

    @TempDir
    private Path directory;

    @Tag("long")
    @Test
    void theEnergyOfTheMachineIsCountedOnce() throws Exception {
        Path ledger = directory.resolve("runs");
        try (DrivenMachine machine = DrivenMachine.start(directory.resolve("sys"))) {
            try (RunningHost first = host(machine, ledger.resolve("a"))) {
                first.await("two checkpoints", () -> checkpoints(ledger.resolve("a")) >= 2);
                try (RunningHost second = host(machine, ledger.resolve("b"))) {
                    second.await("four checkpoints", () -> checkpoints(ledger.resolve("b")) >= 4);
                    first.endInput();
                    first.awaitExit();
                    second.await("five checkpoints", () -> checkpoints(ledger.resolve("b")) >= 5);
                    second.endInput();
                    second.awaitExit();
                }
            }
        }

        LedgerTotals totals = LedgerTotals.of(LedgerFiles.in(List.of(ledger)), LedgerQuery.all(Property.RUN));

        assertThat(totals.skipped()).isEmpty();
        assertThat(totals.totals().runs()).isEqualTo(2);
        RecordedRun first = only(ledger.resolve("a"));
        RecordedRun second = only(ledger.resolve("b"));
        assertThat(first.identity().user()).contains(System.getProperty("user.name"));
        assertThat(first.identity().boot()).isEqualTo(second.identity().boot());
        double union = seconds(first.identity().started(), end(second));
        double both = seconds(second.identity().started(), end(first));
        // A busy machine takes its last reading up to a second before the end. Counted twice, it would be far more.
        assertThat(totals.totals().microjoules()).isCloseTo(Math.round(WATTS * union * 1e6), withinPercentage(15));
        assertThat(totals.totals().recordedMicrojoules() - totals.totals().microjoules())
                .isCloseTo(Math.round(WATTS * both * 1e6), withinPercentage(15));
    }

    private static RunningHost host(DrivenMachine machine, Path ledger) throws IOException {
        return HostJvm.on(JavaHome.current())
                .agent("http=off,sources=powercap,powercap-root=" + machine.powercap() + ",ledger=" + ledger)
                .start(Ending.class, "return");
    }

    private static long checkpoints(Path ledger) {
        if (!Files.isDirectory(ledger)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(ledger)) {
            Path file = files.findFirst().orElse(null);
            return file == null
                    ? 0
                    : Files.readAllLines(file).stream()
                            .filter(line -> line.startsWith("{\"type\":\"checkpoint\""))
                            .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RecordedRun only(Path ledger) {
        return (RecordedRun)
                JournalReader.read(LedgerFiles.in(List.of(ledger)).files().get(0));
    }

    private static Instant end(RecordedRun run) {
        return run.identity().started().plusNanos(Math.round(run.seconds() * 1e9));
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }
}
