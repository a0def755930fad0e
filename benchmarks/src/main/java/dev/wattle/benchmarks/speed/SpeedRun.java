/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.benchmarks.speed;

import java.util.Collection;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the benchmarks briefly, two minutes in all, and prints time and bytes a call as a Markdown table. */
public final class SpeedRun {

    private SpeedRun() {}

    /**
     * Runs and prints.
     *
     * @param args a pattern of the benchmarks wanted; none for all
     */
    public static void main(String[] args) throws Exception {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(args.length == 0 ? SpeedRun.class.getPackageName() : args[0])
                        .addProfiler(GCProfiler.class)
                        .forks(2)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.milliseconds(500))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.milliseconds(500))
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();

        System.out.println("| benchmark | ns | ± (99.9 %) | bytes |");
        System.out.println("|---|---:|---:|---:|");
        results.forEach(SpeedRun::print);
    }

    private static void print(RunResult run) {
        Result<?> time = run.getPrimaryResult();
        Result<?> bytes = Objects.requireNonNull(run.getSecondaryResults().get("gc.alloc.rate.norm"));
        System.out.printf(
                "| %s | %.1f | %.1f | %.0f |%n", nameOf(run), time.getScore(), time.getScoreError(), bytes.getScore());
    }

    private static String nameOf(RunResult run) {
        String benchmark = run.getParams().getBenchmark();
        String name = benchmark.substring(SpeedRun.class.getPackageName().length() + 1);
        StringBuilder parameters = new StringBuilder();
        for (String key : run.getParams().getParamsKeys()) {
            parameters.append(' ').append(run.getParams().getParam(key));
        }
        return name + parameters;
    }
}
