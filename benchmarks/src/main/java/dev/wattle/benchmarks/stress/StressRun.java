/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.benchmarks.stress;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.openjdk.jcstress.Main;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.runners.TestList;

/**
 * Runs jcstress and checks its results.
 *
 * <p>jcstress passes a run whose tests were skipped for lack of cores, and a run that was too short to find anything. This
 * fails unless every test has results, none of them is forbidden, and the negative controls were caught.
 */
public final class StressRun {

    private final Map<String, Map<String, Long>> counts = new TreeMap<>();
    private final Set<String> faults = new TreeSet<>();

    private StressRun() {}

    /**
     * Fails on any fault.
     *
     * @param args the directory for the results, which is emptied of older ones, and jcstress's own options
     */
    public static void main(String[] args) throws Exception {
        Path directory = Files.createDirectories(Path.of(args[0]));
        deleteResults(directory);
        int status = runJcstress(directory, List.of(args).subList(1, args.length));

        StressRun run = new StressRun();
        for (Path file : results(directory)) {
            run.read(file);
        }
        run.judge(status);
        run.print();
        if (!run.faults.isEmpty()) {
            throw new IllegalStateException("see " + directory + ": " + String.join("; ", run.faults));
        }
    }

    private static int runJcstress(Path directory, List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Main.class.getName());
        command.add("-r");
        command.add("report");
        command.addAll(options);
        File log = directory.resolve("console.txt").toFile();
        return new ProcessBuilder(command)
                .directory(directory.toFile()) // where jcstress leaves its results
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start()
                .waitFor();
    }

    private static void deleteResults(Path directory) throws IOException {
        for (Path file : results(directory)) {
            Files.delete(file);
        }
    }

    private static List<Path> results(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".bin.gz")).toList();
        }
    }

    private void read(Path file) throws IOException, ClassNotFoundException {
        InProcessCollector collector = new InProcessCollector();
        DiskReadCollector reader = new DiskReadCollector(file.toString(), collector);
        reader.dump();
        reader.close();
        collector.getTestResults().forEach(this::add);
    }

    private void add(TestResult result) {
        Map<String, Long> outcomes = counts.computeIfAbsent(result.getName(), name -> new TreeMap<>());
        for (String outcome : result.getStateKeys()) {
            outcomes.merge(outcome, result.getCount(outcome), Long::sum);
        }
        if (!result.grading().isPassed) {
            faults.add(result.getName() + ": " + result.status() + " " + result.grading().failureMessages);
        }
    }

    private void judge(int status) {
        if (status != 0) {
            faults.add("jcstress ended with status " + status);
        }
        for (String test : TestList.tests()) {
            if (counts.getOrDefault(test, Map.of()).isEmpty()) {
                faults.add(test + " did not run");
            }
        }
        for (Class<?> control : List.of(NegativeControl.class, QueueNegativeControl.class)) {
            Map<String, Long> outcomes = counts.getOrDefault(control.getName(), Map.of());
            if (outcomes.getOrDefault(NegativeControl.TORN, 0L) == 0) {
                faults.add(control.getSimpleName() + " was not caught: nothing torn among " + outcomes);
            }
        }
    }

    private void print() {
        String common = StressRun.class.getPackageName() + ".";
        counts.forEach((test, outcomes) -> System.out.printf("%-38s %s%n", test.replace(common, ""), outcomes));
    }
}
