/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.config;

import dev.wattle.agent.export.SummaryTarget;
import dev.wattle.core.report.summary.SummaryLength;
import java.util.Locale;

/** Where the summary is written, and how much of the run it shows. */
public record SummaryConfig(SummaryTarget target, SummaryLength length) {

    /**
     * Parses {@code stderr}, {@code off}, {@code full}, {@code short} or a file. {@code full:} and {@code short:} may precede a
     * target.
     *
     * @param paths resolves the file
     * @throws IllegalArgumentException with a reason for a person
     */
    static SummaryConfig parse(String text, UserPaths paths) {
        for (SummaryLength length : SummaryLength.values()) {
            String word = length.name().toLowerCase(Locale.ROOT);
            if (text.equals(word)) {
                return new SummaryConfig(new SummaryTarget.Stderr(), length);
            }
            if (text.startsWith(word + ":")) {
                return new SummaryConfig(target(text.substring(word.length() + 1), paths), length);
            }
        }
        return new SummaryConfig(target(text, paths), SummaryLength.SHORT);
    }

    private static SummaryTarget target(String text, UserPaths paths) {
        return switch (text) {
            case "off" -> new SummaryTarget.Off();
            case "stderr" -> new SummaryTarget.Stderr();
            case "stdout" -> throw new IllegalArgumentException("standard output belongs to the program");
            default -> {
                String pid = Long.toString(ProcessHandle.current().pid());
                yield new SummaryTarget.TextFile(paths.resolve(text.replace(SummaryTarget.TextFile.PID, pid)));
            }
        };
    }
}
