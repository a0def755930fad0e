/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.carbon;

import dev.wattle.agent.attach.PlainText;
import dev.wattle.agent.premain.CommandLine;
import dev.wattle.agent.premain.StderrLog;
import dev.wattle.core.carbon.GridZones;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The command {@code zones}: lists the zones, cloud regions and PUEs of the tables with year, kind, basis and source. It needs no
 * network.
 */
public final class ZonesCommand {
    private static final int NOT_FOUND = 1;
    private static final String HELP = """
            Lists grid zones and cloud regions with g CO2e per kWh, PUE, year and source.

              java -jar wattle-agent.jar zones [FILTER] [--json]
              java -jar wattle-agent.jar zones germany

              FILTER    a part of a code or of a name; all if not given
              --json    prints JSON

            It needs no network.
            """;

    private ZonesCommand() {}

    /**
     * Prints the tables.
     *
     * @param words a filter, if any, and {@code --json}
     * @return 0; 1 where nothing matches the filter; 2 for a wrong command line
     */
    public static int run(String[] words, PrintStream out, PrintStream err) {
        if (List.of(words).contains("--help") || List.of(words).contains("-h")) {
            out.print(HELP);
            return 0;
        }
        boolean json = false;
        List<String> filter = new ArrayList<>();
        for (String word : words) {
            if (word.equals("--json")) {
                json = true;
            } else if (word.startsWith("-")) {
                StderrLog.print(err, "zones takes --json and a part of a name, not '" + PlainText.of(word) + "'");
                return CommandLine.WRONG_USAGE;
            } else {
                filter.add(word);
            }
        }
        // A name of several words needs no quotes.
        ZoneListing listing = ZoneListing.of(String.join(" ", filter));
        if (listing.isEmpty()) {
            List<String> near = GridZones.bundled().suggestions(listing.filter());
            StderrLog.print(
                    err,
                    "no zone or region matches '" + PlainText.of(listing.filter()) + "'"
                            + (near.isEmpty()
                                    ? "; 'zones' lists all"
                                    : "; did you mean " + String.join(", ", near) + "?"));
            return NOT_FOUND;
        }
        // JSON is UTF-8 whatever the terminal's encoding.
        if (json) {
            out.writeBytes(ZonesJson.of(listing).getBytes(StandardCharsets.UTF_8));
        } else {
            out.print(ZonesText.of(listing));
        }
        return 0;
    }
}
