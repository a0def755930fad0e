/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattle.Wattle;
import dev.wattle.agent.energy.DrivenCounter.Bounds;
import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.RunningHost;
import dev.wattle.agent.host.program.OwnWindows;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program names what it does: with the agent it learns the joules, without it nothing happens. */
@Tag("long")
class OwnWindowsIT {
    /** What metering may be off by, for all its reasons but the time between two readings. */
    private static final double TOLERANCE = 0.002;

    /** Twice the interval. */
    private static final long PERIOD_NANOS = 20_000_000;

    @Test
    void windowsHaveTheJoulesOfTheCurveOnEveryJava(@TempDir Path sys) throws Exception {
        List<RunningHost> hosts = new ArrayList<>();
        try (DrivenMachine machine = DrivenMachine.start(sys)) {
            machine.start();
            for (JavaHome home : JavaHome.all()) {
                hosts.add(host(home, machine).start(OwnWindows.class, "metered"));
            }
            // The library's own copy of the API comes first on this class path, and is the one that counts.
            hosts.add(host(JavaHome.current(), machine)
                    .classPath(library(), HostJvm.testClasses())
                    .start(OwnWindows.class, "metered"));
            for (RunningHost host : hosts) {
                assertKnowsItsJoules(machine, host.awaitExit());
            }
        } finally {
            hosts.forEach(RunningHost::close);
        }
    }

    @Test
    void withoutTheAgentNothingIsKnownAndNothingHappens() throws Exception {
        HostRun run = HostJvm.on(JavaHome.current())
                .classPath(library(), HostJvm.testClasses())
                .run(OwnWindows.class, "bare");

        assertThat(run.exitCode()).as(run.stderr()).isZero();
        assertThat(run.stderr()).isEmpty();
        assertThat(run.stdout()).startsWith("metering false\n");
        assertThat(ToldWindow.in(run.stdout())).hasSize(3).allSatisfy(window -> {
            assertThat(window.joules()).isNaN();
            assertThat(window.joulesByDevice()).isEmpty();
            assertThat(window.quality()).isEqualTo("none");
            assertThat(window.belowResolution()).isFalse();
        });
    }

    private static HostJvm host(JavaHome home, DrivenMachine machine) {
        return HostJvm.on(home).agent("interval=10ms,sources=powercap,http=off,powercap-root=" + machine.powercap());
    }

    private static Path library() throws URISyntaxException {
        return Path.of(
                Wattle.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static void assertKnowsItsJoules(DrivenMachine machine, HostRun run) {
        assertThat(run.exitCode()).as(run.stderr()).isZero();
        assertThat(run.stdout()).startsWith("metering true\n");
        assertThat(run.foreignLines()).isEmpty();
        List<ToldWindow> windows = ToldWindow.in(run.stdout());
        assertThat(windows).extracting(ToldWindow::name).containsExactly("outer", "overlapping", "inner");
        for (ToldWindow window : windows) {
            assertThat(window.quality()).isEqualTo("counter");
            assertThat(window.belowResolution()).isFalse();
            assertThat(window.joulesByDevice()).containsOnlyKeys(machine.devices());
            double sum = window.joulesByDevice().values().stream()
                    .mapToDouble(Double::doubleValue)
                    .sum();
            assertThat(window.joules()).isEqualTo(sum, within(1e-6));
            for (String device : machine.devices()) {
                Bounds truth = machine.counter(device).betweenLines(window.opened(), window.closed(), PERIOD_NANOS);
                double joules = window.joulesByDevice().getOrDefault(device, Double.NaN);
                assertThat(joules)
                        .as(window.name() + " on " + device)
                        .isBetween(truth.least() * 1e-6 * (1 - TOLERANCE), truth.most() * 1e-6 * (1 + TOLERANCE));
            }
        }
    }
}
