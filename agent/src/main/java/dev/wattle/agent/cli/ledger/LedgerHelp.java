/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.ledger;

import java.util.List;

/** The help of {@code report} and {@code compare}. */
final class LedgerHelp {

    private LedgerHelp() {}

    static boolean isAsked(String[] words) {
        return List.of(words).contains("--help") || List.of(words).contains("-h");
    }

    static String ofReport() {
        return """
                Sums up the energy and CO2e of the runs in a ledger.

                  java -jar wattle-agent.jar report [DIR|FILE|RUN ...] [options]
                  java -jar wattle-agent.jar report --by label:model --since 2026-11-01 --csv
                  java -jar wattle-agent.jar report RUN --html
                  java -jar wattle-agent.jar report RUN --spdx

                  DIR|FILE|RUN           directories, journals, or names of runs; the configured ledger if not given
                  --by WHAT              project, label:NAME, user, host, day, framework or run; project if not given
                  --sort ORDER           energy, co2e, time or name
                  --since TIME           only runs that started at this time or later
                  --until TIME           only runs that started before this time
                  --project NAME         only runs of this project
                  --zone ZONE            what if: CO2e of the same energy in this zone
                  --carbon-intensity G   what if: CO2e at so many grams per kWh, instead of a zone
                  --pue N                what if: CO2e with this PUE, 1 to 10
                  --json                 prints JSON
                  --csv                  prints CSV
                  --html[=FILE]          writes a page about the ledger, or about one run
                  --spdx                 prints the energy of one run as the fields of an SPDX document

                It needs no network and changes no journal. docs/ledger.md has the method.
                """;
    }

    static String ofCompare() {
        return """
                Shows what runs used and reached, side by side.

                  java -jar wattle-agent.jar compare RUN RUN... [options]
                  java -jar wattle-agent.jar compare base small --reach accuracy=0.97
                  java -jar wattle-agent.jar compare base small --html

                  RUN                    a journal, the name of a run in the ledger, or the start of one name only
                  --ledger DIR           where the journals are; the configured ledger if not given
                  --metric NAME          the metric to compare; one that the runs have in common if not given
                  --reach METRIC=VALUE   the energy until a run reached a value; METRIC>=VALUE or METRIC<=VALUE
                                         where the name does not say which way is better
                  --zone ZONE            CO2e of all runs in this zone
                  --carbon-intensity G   CO2e at so many grams per kWh, instead of a zone
                  --pue N                with one of these two: the PUE, 1 to 10; 1 if not given
                  --json                 prints JSON
                  --html[=FILE]          writes a page

                It needs no network and changes no journal.
                """;
    }
}
