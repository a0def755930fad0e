/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.energy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.agent.energy.DrivenCounter.Bounds;
import dev.wattle.agent.energy.DrivenCounter.Moment;
import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.RunningHost;
import dev.wattle.agent.host.Summary;
import dev.wattle.agent.host.program.Brief;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The energy of a run counts from before its first statement on, however short it is and however late the rest starts. */
class ShortRunIT {
    /** Dates go through the system's clock, which is disciplined meanwhile. */
    private static final long DATE_NANOS = 2_000_000;

    /** And a thread may be held up between a counter and the clock. */
    private static final long BUSY_DATE_NANOS = 50_000_000;

    private static final double TOLERANCE = 0.001;

    @ParameterizedTest
    @MethodSource("javasAndLengths")
    void countsFromBeforeTheFirstStatementToAfterTheLast(JavaHome home, int millis, @TempDir Path sys)
            throws Exception {
        try (DrivenMachine machine = DrivenMachine.start(sys)) {
            machine.start();
            HostRun run = HostJvm.on(home)
                    .through(machine.inPlaceOfTheKernels())
                    .agent("http=off")
                    .run(Brief.class, Integer.toString(millis));

            assertCounts(machine, run, DATE_NANOS);
        }
    }

    static Stream<Arguments> javasAndLengths() {
        return JavaHome.all().stream()
                .flatMap(home -> Stream.of(150, 600, 2_000).map(millis -> Arguments.of(home, millis)));
    }

    @Test
    void countsEachOfSeveralThatStartAtOnceOnABusyMachine(@TempDir Path sys) throws Exception {
        List<Thread> busy = new ArrayList<>();
        List<RunningHost> hosts = new ArrayList<>();
        try (DrivenMachine machine = DrivenMachine.start(sys)) {
            machine.start();
            for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
                busy.add(busyThread());
            }
            for (int i = 0; i < 4; i++) {
                hosts.add(HostJvm.on(JavaHome.current())
                        .through(machine.inPlaceOfTheKernels())
                        .agent("http=off")
                        .start(Brief.class, "1500"));
            }
            for (RunningHost host : hosts) {
                HostRun run = host.awaitExit();
                if (run.summary().isEmpty()) {
                    // Too busy for a whole report within the bounds of the end: no run is without its energy.
                    assertThat(run.stderr()).contains("the counters increased by ", "package-0 ", "dram of package-1 ");
                } else {
                    assertCounts(machine, run, BUSY_DATE_NANOS);
                }
            }
        } finally {
            busy.forEach(Thread::interrupt);
            hosts.forEach(RunningHost::close);
        }
    }

    private static Thread busyThread() {
        Thread thread = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void assertCounts(DrivenMachine machine, HostRun run, long dateNanos) {
        assertThat(run.exitCode()).as(run.stderr()).isZero();
        assertThat(run.summary()).as(run.stderr()).isNotEmpty();
        String[] instants = run.stdout().strip().split(" ");
        Summary summary = Summary.of(run);
        assertThat(summary.devices()).containsExactlyInAnyOrderElementsOf(machine.devices());
        for (String device : machine.devices()) {
            long first = summary.firstReadingNanos(device);
            long last = summary.lastReadingNanos(device);
            Bounds truth = machine.counter(device)
                    .between(
                            new Moment(first - dateNanos, first + dateNanos),
                            new Moment(last - dateNanos, last + dateNanos));

            assertThat(first).as(device).isLessThan(Long.parseLong(instants[0]) + dateNanos);
            assertThat(last).as(device).isGreaterThan(Long.parseLong(instants[1]) - dateNanos);
            assertThat((double) summary.microjoules(device))
                    .as("%s, truly %s", device, truth)
                    .isBetween(truth.least() * (1 - TOLERANCE), truth.most() * (1 + TOLERANCE));
        }
    }
}
