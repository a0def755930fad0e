/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.host;

import java.nio.file.Path;
import java.util.List;

/**
 * All that a finished JVM left behind.
 *
 * @param exitCode 128 plus the signal's number if a signal ended it
 * @param command what was started, word by word
 */
public record HostRun(int exitCode, String stdout, String stderr, Path workingDirectory, List<String> command) {
    /** Standard error without the JVM's own remark about JAVA_TOOL_OPTIONS. */
    public String stderrWithoutPickedUp() {
        return stderr.replaceAll("(?m)^Picked up JAVA_TOOL_OPTIONS: .*\\R", "");
    }

    /** The agent's lines on standard error. */
    public List<String> wattleLines() {
        return stderr.lines().filter(line -> line.startsWith("wattle: ")).toList();
    }

    /** Lines on standard error that are not the agent's. */
    public List<String> foreignLines() {
        return stderrWithoutPickedUp()
                .lines()
                .filter(line -> !line.startsWith("wattle: "))
                .toList();
    }
}
