/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.carbon;

import dev.wattle.agent.premain.CommandLine;
import dev.wattle.agent.premain.HelpText;
import dev.wattle.agent.premain.StderrLog;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.estimate.Estimate;
import dev.wattle.core.estimate.PublishedPaper;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The command {@code estimate}: energy and CO2e of a training that nobody metered, from its hardware and time or from a run that
 * was metered; and published tables next to what their inputs give.
 */
public final class EstimateCommand {
    private EstimateCommand() {}

    /**
     * Prints an estimate.
     *
     * @param words options, see {@code --help}
     * @return 0, or 2 for a wrong command line
     */
    public static int run(String[] words, PrintStream out, PrintStream err) {
        try {
            // UTF-8 whatever the terminal's encoding: JSON must be, and the text has no other letters.
            out.writeBytes(answer(line -> StderrLog.print(err, line), words).getBytes(StandardCharsets.UTF_8));
            return 0;
        } catch (UsageException wrong) {
            StderrLog.print(err, String.valueOf(wrong.getMessage()));
            return CommandLine.WRONG_USAGE;
        }
    }

    /** @param log takes lines about the configuration */
    static String answer(Consumer<String> log, String... words) throws UsageException {
        if (words.length == 0
                || List.of(words).contains("--help")
                || List.of(words).contains("-h")) {
            return EstimateHelp.text();
        }
        EstimateArguments arguments = EstimateArguments.of(words);
        boolean json = arguments.has(EstimateOption.JSON);
        Optional<String> paper = arguments.text(EstimateOption.PAPER);
        if (paper.isPresent()) {
            arguments.allowOnly(EstimateOption.PAPER, EnumSet.of(EstimateOption.JSON));
            PublishedPaper published = paper(paper.get());
            return json ? PaperJson.of(published) : PaperText.of(published);
        }
        if (arguments.has(EstimateOption.FROM)) {
            MeteredArguments metered = MeteredArguments.of(arguments, log);
            return answer(json, metered.estimate(), metered.carbon());
        }
        CarbonChoice carbon = CarbonChoice.of(arguments, CarbonSettings.worldDefault(), "");
        Estimate estimate = HardwareArguments.estimate(arguments, carbon.settings());
        return answer(json, estimate, carbon);
    }

    private static String answer(boolean json, Estimate estimate, CarbonChoice carbon) {
        return json
                ? EstimateJson.of(estimate, carbon, HelpText.version())
                : EstimateText.of(estimate, carbon, HelpText.version());
    }

    private static PublishedPaper paper(String word) throws UsageException {
        Optional<PublishedPaper> paper = PublishedPaper.named(word);
        if (paper.isEmpty()) {
            throw new UsageException("--paper takes "
                    + Arrays.stream(PublishedPaper.values())
                            .map(PublishedPaper::word)
                            .collect(Collectors.joining(", "))
                    + ", not '" + EstimateArguments.shown(word) + "'");
        }
        return paper.get();
    }
}
