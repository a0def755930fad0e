/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.RunningHost;
import dev.wattle.agent.host.Summary;
import dev.wattle.agent.host.Tools;
import dev.wattle.agent.host.program.UntilInputEnds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A counter of the kernel whose power is known becomes the right joules: a tree calls the clock of a processor, which
 * counts a nanosecond each nanosecond, an energy of 150 nanojoules.
 */
class PerfIT {
    private static final int WATTS = 150;
    private static final long METERED_NANOS = 2_000_000_000L;

    /** The clocks of the processor and of the JVM differ by what the time service slews, 500 ppm at the most. */
    private static final double TOLERANCE = 0.001;

    @TempDir
    private Path perfRoot;

    @BeforeEach
    void callTheClockAnEnergy() throws IOException {
        assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
        Path events = Files.createDirectories(perfRoot.resolve("power/events"));
        Files.writeString(perfRoot.resolve("power/type"), "1\n");
        Files.writeString(perfRoot.resolve("power/cpumask"), "0\n");
        Files.writeString(events.resolve("energy-pkg"), "event=0x00");
        Files.writeString(events.resolve("energy-pkg.scale"), WATTS + "e-9");
        Files.writeString(events.resolve("energy-pkg.unit"), "Joules");
        Files.setPosixFilePermissions(perfRoot, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @ParameterizedTest
    @MethodSource("dev.wattle.agent.host.JavaHome#all")
    void theJoulesAreThoseOfTheCounterOnEveryJava(JavaHome home) {
        assertMetersRight(HostJvm.on(home));
    }

    @Test
    void aUserWithTheOneCapabilityMeters() throws IOException {
        String[] nobody = Tools.nobody();
        String[] capable = Stream.concat(Stream.of(nobody), Stream.of("--inh-caps=+perfmon", "--ambient-caps=+perfmon"))
                .toArray(String[]::new);
        assumeThat(nobody).as("only root can hand on a capability").isNotEmpty();
        Tools.need(
                "a capability to hand on",
                Stream.concat(Stream.of(capable), Stream.of("true")).toArray(String[]::new));
        HostJvm host = HostJvm.on(JavaHome.current());
        Files.setPosixFilePermissions(host.workingDirectory(), PosixFilePermissions.fromString("rwxrwxrwx"));

        assertMetersRight(host.through(capable));
    }

    private void assertMetersRight(HostJvm host) {
        HostRun run = meter(host);
        assumeThat(run.wattleLines()).as("perf events are refused here").noneMatch(line -> line.contains("EACCES"));

        assertThat(run.exitCode()).as(run.stderr()).isZero();
        assertThat(run.stdout()).isEqualTo("the input has ended\n");
        Summary summary = Summary.of(run);
        long nanos = summary.lastReadingNanos("package-0") - summary.firstReadingNanos("package-0");
        double truth = WATTS * nanos / 1e3;
        assertThat(nanos).isGreaterThan(METERED_NANOS / 2);
        assertThat((double) summary.microjoules("package-0")).isCloseTo(truth, within(truth * TOLERANCE));
    }

    private HostRun meter(HostJvm host) {
        try (RunningHost running =
                host.agent("http=off,sources=perf,perf-root=" + perfRoot).start(UntilInputEnds.class)) {
            running.awaitStderr("wattle: metering ");
            LockSupport.parkNanos(METERED_NANOS);
            running.endInput();
            return running.awaitExit();
        }
    }
}
