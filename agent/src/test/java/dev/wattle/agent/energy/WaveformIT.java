/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.energy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.agent.energy.DrivenCounter.Bounds;
import dev.wattle.agent.energy.DrivenCounter.Moment;
import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.RunningHost;
import dev.wattle.agent.host.Scrape;
import dev.wattle.agent.host.Summary;
import dev.wattle.agent.host.program.UntilInputEnds;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Known powers become the right joules, in the summary and between two scrapes. */
class WaveformIT {
    /** What metering may be off by, for all its reasons. */
    private static final double TOLERANCE = 0.001;

    /** Eight seconds at the constant power of package-0. */
    private static final double METERED_JOULES = 1_200;

    private static final long POLL_NANOS = 3_000_000;
    private static final long LONGEST_NANOS = 60_000_000_000L;

    @Test
    void theJoulesAreThoseOfTheCurveOnEveryJava(@TempDir Path sys) throws Exception {
        List<RunningHost> hosts = new ArrayList<>();
        try (DrivenMachine machine = DrivenMachine.start(sys)) {
            for (JavaHome home : JavaHome.all()) {
                hosts.add(HostJvm.on(home)
                        .agent("sources=powercap,powercap-root=" + machine.powercap())
                        .start(UntilInputEnds.class));
            }
            assertMetersRight(machine, hosts);
        } finally {
            hosts.forEach(RunningHost::close);
        }
    }

    @Tag("long")
    @Test
    void theKernelsTreeIsFoundWithoutConfiguration(@TempDir Path sys) throws Exception {
        try (DrivenMachine machine = DrivenMachine.start(sys);
                RunningHost host = HostJvm.on(JavaHome.current())
                        .through(machine.inPlaceOfTheKernels())
                        .agent()
                        .start(UntilInputEnds.class)) {
            assertMetersRight(machine, List.of(host));
        }
    }

    private static void assertMetersRight(DrivenMachine machine, List<RunningHost> hosts) throws IOException {
        List<URI> endpoints = hosts.stream().map(RunningHost::awaitEndpoint).toList();
        machine.start();
        List<List<FreshReading>> begins = new ArrayList<>();
        List<List<FreshReading>> ends = new ArrayList<>();
        for (URI endpoint : endpoints) {
            begins.add(readings(endpoint, machine));
        }
        for (URI endpoint : endpoints) {
            awaitJoules(endpoint, "package-0", METERED_JOULES);
            ends.add(readings(endpoint, machine));
        }
        hosts.forEach(RunningHost::endInput);
        for (int i = 0; i < hosts.size(); i++) {
            HostRun run = hosts.get(i).awaitExit();
            assertThat(run.exitCode()).as(run.stderr()).isZero();
            for (String device : machine.devices()) {
                assertSummary(machine.counter(device), Summary.of(run), device);
            }
            assertScrapes(machine, begins.get(i), ends.get(i));
        }
    }

    private static void assertSummary(DrivenCounter counter, Summary summary, String device) {
        long first = summary.firstReadingNanos(device);
        long last = summary.lastReadingNanos(device);
        Bounds truth = counter.between(Moment.at(first), Moment.at(last));

        assertAgrees(summary.microjoules(device), truth, device + " in the summary");
        if (device.equals("package-0")) {
            assertThat(counter.wrapsBetween(first, last))
                    .as("its counter wrapped")
                    .isTrue();
        }
    }

    private static void assertScrapes(DrivenMachine machine, List<FreshReading> begins, List<FreshReading> ends) {
        for (int i = 0; i < begins.size(); i++) {
            FreshReading begin = begins.get(i);
            FreshReading end = ends.get(i);
            Bounds truth = machine.counter(begin.device()).between(begin.taken(), end.taken());
            assertAgrees(end.microjoules() - begin.microjoules(), truth, begin.device() + " between two scrapes");
        }
    }

    private static void assertAgrees(long microjoules, Bounds truth, String what) {
        assertThat((double) microjoules)
                .as("%s, truly %s", what, truth)
                .isBetween(truth.least() * (1 - TOLERANCE), truth.most() * (1 + TOLERANCE));
    }

    private static List<FreshReading> readings(URI endpoint, DrivenMachine machine) {
        return machine.devices().stream()
                .map(device -> FreshReading.await(endpoint, device))
                .toList();
    }

    private static void awaitJoules(URI endpoint, String device, double joules) {
        long start = System.nanoTime();
        while (joules(Scrape.of(endpoint), device) < joules) {
            assertThat(System.nanoTime() - start).as("time waited").isLessThan(LONGEST_NANOS);
            LockSupport.parkNanos(10 * POLL_NANOS);
        }
    }

    private static double joules(Scrape scrape, String device) {
        return scrape.sum("wattle_energy_joules_total", "device=\"" + device + "\"");
    }

    /** An energy that one scrape did not show yet and the next one did, so that it was read in between. */
    private record FreshReading(String device, long microjoules, Moment taken) {
        static FreshReading await(URI endpoint, String device) {
            long start = System.nanoTime();
            Scrape before = Scrape.of(endpoint);
            while (true) {
                LockSupport.parkNanos(POLL_NANOS);
                Scrape now = Scrape.of(endpoint);
                if (joules(now, device) != joules(before, device)) {
                    return new FreshReading(
                            device,
                            Math.round(joules(now, device) * 1e6),
                            new Moment(before.beforeNanos(), now.afterNanos()));
                }
                assertThat(System.nanoTime() - start).as("time waited").isLessThan(LONGEST_NANOS);
                before = now;
            }
        }
    }
}
