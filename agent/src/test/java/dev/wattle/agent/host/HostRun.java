/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.host;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * All that a finished JVM left behind.
 *
 * @param exitCode 128 plus the signal's number if a signal ended it
 * @param command what was started, word by word
 */
public record HostRun(int exitCode, String stdout, String stderr, Path workingDirectory, List<String> command) {
    /** How the summary's first line starts, as a regular expression. */
    public static final String SUMMARY = "wattle: (energy unknown: |[<\\d.]+ [kMG]?J \\()";

    /** Standard error without the JVM's own remark about JAVA_TOOL_OPTIONS. */
    public String stderrWithoutPickedUp() {
        return stderr.replaceAll("(?m)^Picked up JAVA_TOOL_OPTIONS: .*\\R", "");
    }

    /** The agent's lines on standard error, without the summary's. */
    public List<String> wattleLines() {
        return stderr.lines()
                .filter(line -> line.startsWith("wattle: ") && !isSummary(line))
                .toList();
    }

    /** The summary on standard error, all its lines; empty where there is none. */
    public List<String> summary() {
        return stderr.lines()
                .dropWhile(line -> !isSummary(line))
                .takeWhile(line -> isSummary(line) || line.startsWith("  "))
                .toList();
    }

    private static boolean isSummary(String line) {
        return line.matches(SUMMARY + ".*");
    }

    /** Lines on standard error that are not the agent's. */
    public List<String> foreignLines() {
        List<String> lines = new ArrayList<>(stderrWithoutPickedUp().lines().toList());
        lines.removeAll(summary());
        lines.removeIf(line -> line.startsWith("wattle: "));
        return lines;
    }
}
