/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.ledger;

import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.GridZones;
import dev.wattle.core.carbon.Pue;
import dev.wattle.core.ledger.totals.Grouping;
import dev.wattle.core.ledger.totals.LedgerQuery;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The options of the command {@code report}. Immutable.
 *
 * @param places files, directories and names of runs; empty for the ledger of the configuration
 * @param query which runs are counted
 * @param by the grouping as it was given
 * @param order of the rows
 * @param format of the output
 * @param intensity the carbon intensity of a what-if
 * @param html the file of a page
 * @param spdx whether SPDX is written
 * @param narrowing the options given that select, group or sort runs or recompute their CO2e
 */
record ReportOptions(
        List<Path> places,
        LedgerQuery query,
        String by,
        RowOrder order,
        Format format,
        Optional<CarbonIntensity> intensity,
        Optional<Path> html,
        boolean spdx,
        Set<String> narrowing) {

    private static final String HTML = "--html";
    private static final String SPDX = "--spdx";
    private static final String DEFAULT_PAGE = "wattle-report.html";

    private static final String LABEL = "label:";
    private static final List<String> OPTIONS = List.of(
            "--by",
            "--sort",
            "--since",
            "--until",
            "--project",
            "--zone",
            "--pue",
            "--carbon-intensity",
            "--json",
            "--csv",
            HTML,
            SPDX);
    private static final Set<String> WITHOUT_VALUE = Set.of("--json", "--csv", SPDX);

    /** How the report is written. */
    enum Format {
        TEXT,
        JSON,
        CSV
    }

    /** @throws IllegalArgumentException with a message for the user where a word is wrong */
    static ReportOptions parse(List<String> words, Clock clock) {
        Parser parser = new Parser(clock);
        Iterator<String> left = words.iterator();
        while (left.hasNext()) {
            parser.accept(left.next(), left);
        }
        return parser.toOptions();
    }

    private static final class Parser {
        private final Clock clock;
        private final List<Path> places = new ArrayList<>();
        private final Map<String, String> given = new HashMap<>();
        private String by = "project";
        private Optional<RowOrder> order = Optional.empty();
        private Optional<Instant> since = Optional.empty();
        private Optional<Instant> until = Optional.empty();
        private Optional<String> project = Optional.empty();
        private Optional<CarbonIntensity> intensity = Optional.empty();
        private OptionalDouble pue = OptionalDouble.empty();

        private Parser(Clock clock) {
            this.clock = clock;
        }

        private void accept(String word, Iterator<String> left) {
            if (!word.startsWith("-")) {
                places.add(path(word));
                return;
            }
            int equals = word.indexOf('=');
            String option = equals < 0 ? word : word.substring(0, equals);
            if (!OPTIONS.contains(option)) {
                throw new IllegalArgumentException(
                        "no option '" + option + "'" + didYouMean(option) + "; known: " + String.join(", ", OPTIONS));
            }
            if (WITHOUT_VALUE.contains(option)) {
                if (equals >= 0) {
                    throw new IllegalArgumentException(option + " takes no value");
                }
                given.put(option, "");
            } else if (option.equals(HTML)) {
                set(option, equals < 0 ? DEFAULT_PAGE : word.substring(equals + 1));
            } else if (equals >= 0) {
                set(option, word.substring(equals + 1));
            } else if (left.hasNext()) {
                set(option, left.next());
            } else {
                throw new IllegalArgumentException(option + " needs a value");
            }
        }

        private void set(String option, String value) {
            String before = given.put(option, value);
            if (before != null && !before.equals(value)) {
                throw new IllegalArgumentException(option + " is given twice, with " + before + " and " + value);
            }
            switch (option) {
                case HTML -> {
                    // Read below.
                }
                case "--by" -> by = value;
                case "--sort" -> order = Optional.of(RowOrder.named(value));
                case "--since" -> since = Optional.of(ReportTime.since(value, clock));
                case "--until" -> until = Optional.of(ReportTime.until(value, clock));
                case "--project" -> project = Optional.of(value);
                case "--zone" -> intensity(zone(value));
                case "--carbon-intensity" ->
                    intensity(CarbonIntensity.custom(
                            number(option, value, 0, CarbonIntensity.MAX_GRAMS_PER_KWH, "g CO2e per kWh")));
                default -> pue = OptionalDouble.of(number(option, value, Pue.MIN, Pue.MAX, "1.0 is no overhead"));
            }
        }

        private void intensity(CarbonIntensity chosen) {
            if (given.containsKey("--zone") && given.containsKey("--carbon-intensity")) {
                throw new IllegalArgumentException("give --zone or --carbon-intensity, not both");
            }
            intensity = Optional.of(chosen);
        }

        private ReportOptions toOptions() {
            Grouping grouping = grouping(by);
            Format format = format();
            Optional<Path> html = html();
            if (since.isPresent() && until.isPresent() && !since.get().isBefore(until.get())) {
                throw new IllegalArgumentException("--since is not before --until, so that no run is in between");
            }
            LedgerQuery query = new LedgerQuery(
                    grouping,
                    since,
                    until,
                    project,
                    intensity
                            .map(chosen -> OptionalDouble.of(chosen.gramsPerKwh()))
                            .orElse(OptionalDouble.empty()),
                    pue);
            RowOrder rows = order.orElse(grouping == Grouping.Property.DAY ? RowOrder.NAME : RowOrder.ENERGY);
            Set<String> narrowing = new TreeSet<>(given.keySet());
            narrowing.removeAll(WITHOUT_VALUE);
            narrowing.remove(HTML);
            return new ReportOptions(
                    List.copyOf(places), query, by, rows, format, intensity, html, given.containsKey(SPDX), narrowing);
        }

        private Format format() {
            List<String> forms = Stream.of("--json", "--csv", HTML, SPDX)
                    .filter(given::containsKey)
                    .toList();
            if (forms.size() > 1 && !forms.equals(List.of(HTML, SPDX))) {
                throw new IllegalArgumentException(
                        "give one of " + String.join(", ", forms) + ": a report has one form at a time");
            }
            return given.containsKey("--json") ? Format.JSON : given.containsKey("--csv") ? Format.CSV : Format.TEXT;
        }

        private Optional<Path> html() {
            String file = given.get(HTML);
            if (file == null) {
                return Optional.empty();
            }
            if (file.isEmpty()) {
                throw new IllegalArgumentException(
                        "--html= needs the name of a file; --html alone writes " + DEFAULT_PAGE);
            }
            for (Path place : places) {
                String name = place.toString().toLowerCase(Locale.ROOT);
                if (file.equals(DEFAULT_PAGE) && (name.endsWith(".html") || name.endsWith(".htm"))) {
                    throw new IllegalArgumentException(
                            place + (Files.exists(place) ? " is no journal" : " does not exist")
                                    + "; did you mean --html=" + place + "?");
                }
            }
            for (String option : List.of("--by", "--sort")) {
                if (given.containsKey(option)) {
                    throw new IllegalArgumentException(
                            option + " has no effect on a page, which has tables of its own; leave it out");
                }
            }
            return Optional.of(path(file));
        }
    }

    private static Grouping grouping(String by) {
        if (by.startsWith(LABEL) && by.length() > LABEL.length()) {
            return new Grouping.Label(by.substring(LABEL.length()));
        }
        for (Grouping.Property property : Grouping.Property.values()) {
            if (property.name().toLowerCase(Locale.ROOT).equals(by)) {
                return property;
            }
        }
        throw new IllegalArgumentException(
                "no grouping '" + by + "'; --by takes project, label:NAME, user, host, day, framework or run");
    }

    private static CarbonIntensity zone(String zone) {
        return GridZones.bundled().find(zone).orElseThrow(() -> {
            List<String> near = GridZones.bundled().suggestions(zone);
            return new IllegalArgumentException("no zone '" + zone + "'"
                    + (near.isEmpty()
                            ? "; the command zones lists all"
                            : "; did you mean " + String.join(", ", near) + "?"));
        });
    }

    private static double number(String option, String value, double min, double max, String unit) {
        try {
            double number = Double.parseDouble(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            // Reported below.
        }
        throw new IllegalArgumentException(
                option + " takes a number from " + min + " to " + max + " (" + unit + "), not '" + value + "'");
    }

    private static Path path(String word) {
        try {
            return Path.of(word);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("'" + word + "' is not a path", e);
        }
    }

    private static String didYouMean(String option) {
        for (String known : OPTIONS) {
            if (known.startsWith(option) || option.startsWith(known) || distance(known, option) <= 2) {
                return "; did you mean " + known + "?";
            }
        }
        return "";
    }

    /** The Levenshtein distance: how many characters have to be added, removed or replaced. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int above = row[j];
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[other.length()];
    }
}
