/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.html;

import dev.wattle.core.carbon.CarbonSettings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The figures of the report about many runs. Immutable.
 *
 * @param title such as the directory
 * @param totals of all runs
 * @param byDay of each day with runs, oldest first, named {@code 2026-11-28}
 * @param byProject of each project, most energy first
 * @param runs the runs
 * @param carbon for what-if: the place of the runs, where they have the same one
 * @param co2e the label of the CO2e: where it comes from
 * @param notes what a reader must know, a sentence each
 */
public record LedgerOverview(
        String title,
        Group totals,
        List<Group> byDay,
        List<Group> byProject,
        List<Run> runs,
        Optional<CarbonSettings> carbon,
        String co2e,
        List<String> notes) {

    /**
     * Some runs together.
     *
     * @param name of the day or the project
     * @param microjoules their energy, that of a machine counted once
     * @param gramsCo2e their CO2e; NaN where it is unknown
     * @param runs how many
     * @param killed how many of them ended without a summary
     * @param seconds their times added up
     */
    public record Group(String name, long microjoules, double gramsCo2e, long runs, long killed, double seconds) {}

    /**
     * One run.
     *
     * @param name its name
     * @param project its project; empty where it has none
     * @param host the machine
     * @param started when it started
     * @param seconds how long it was metered
     * @param microjoules its energy
     * @param gramsCo2e its CO2e; NaN where it is unknown
     * @param quality how its energy was determined
     * @param killed whether it ended without a summary
     * @param metric the metric it is judged by; empty where it has none
     * @param higherIsBetter whether a higher value of it is better
     * @param value its final value; NaN where it has none
     */
    public record Run(
            String name,
            String project,
            String host,
            Instant started,
            double seconds,
            long microjoules,
            double gramsCo2e,
            String quality,
            boolean killed,
            String metric,
            boolean higherIsBetter,
            double value) {}
}
