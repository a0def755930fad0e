/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.totals;

import dev.wattle.core.ledger.read.JournalText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A ledger of runs whose energies are known. Each machine has a constant power. Its runs start one after the other, except
 * that some start while the one before still lasts; what they then have in common is counted once.
 */
final class GeneratedLedger {

    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
    private static final int HOSTS = 20;

    /** A run as it was generated. */
    record Run(
            Path file,
            String project,
            String user,
            String host,
            long startSecond,
            int seconds,
            int watts,
            boolean killed,
            List<Integer> checkpoints) {
        long microjoules() {
            return seconds * watts * 1_000_000L;
        }
    }

    private final List<Run> runs = new ArrayList<>();

    /** Writes the journals, with a directory for each host. */
    GeneratedLedger(Path directory, int count, long seed) throws IOException {
        Random random = new Random(seed);
        long[] free = new long[HOSTS];
        for (int i = 0; i < count; i++) {
            int host = random.nextInt(HOSTS);
            int seconds = 12 + random.nextInt(300);
            boolean overlaps = random.nextInt(4) == 0 && free[host] > 0;
            long start = overlaps ? free[host] - 10 : free[host] + random.nextInt(60);
            free[host] = start + seconds;
            write(directory, i, host, start, seconds, random);
        }
    }

    private void write(Path directory, int number, int host, long start, int seconds, Random random)
            throws IOException {
        Path file = Files.createDirectories(directory.resolve("node-" + host)).resolve("run-" + number + ".jsonl");
        boolean killed = random.nextInt(10) == 0;
        int watts = 50 + host;
        JournalText text = new JournalText()
                .run("run-" + number)
                .project("project-" + random.nextInt(7))
                .user("user-" + random.nextInt(5))
                .host("node-" + host)
                .pid(number)
                .started(START.plusSeconds(start))
                .first();
        List<Integer> checkpoints = new ArrayList<>();
        for (int second = 4; second < seconds; second += 4) {
            text.checkpoint(second, second * watts * 1_000_000L);
            checkpoints.add(second);
        }
        if (killed) {
            text.checkpoint(seconds, seconds * watts * 1_000_000L);
        } else {
            text.summary(seconds, seconds * watts * 1_000_000L);
        }
        text.write(file);
        String json = text.text();
        runs.add(new Run(
                file,
                field(json, "project"),
                field(json, "user"),
                "node-" + host,
                start,
                seconds,
                watts,
                killed,
                checkpoints));
    }

    private static String field(String json, String name) {
        int from = json.indexOf("\"" + name + "\":\"") + name.length() + 4;
        return json.substring(from, json.indexOf('"', from));
    }

    List<Run> runs() {
        return runs;
    }

    /** The energy of all machines over the time in which at least one run metered them, second by second. */
    long unionMicrojoules() {
        long sum = 0;
        for (int host = 0; host < HOSTS; host++) {
            String name = "node-" + host;
            List<Run> here =
                    runs.stream().filter(run -> run.host().equals(name)).toList();
            int end = 0;
            for (Run run : here) {
                end = Math.max(end, (int) run.startSecond() + run.seconds());
            }
            boolean[] metered = new boolean[end];
            for (Run run : here) {
                for (int i = 0; i < run.seconds(); i++) {
                    metered[(int) run.startSecond() + i] = true;
                }
            }
            for (boolean second : metered) {
                sum += second ? here.get(0).watts() * 1_000_000L : 0;
            }
        }
        return sum;
    }
}
