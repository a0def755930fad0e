/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.ledger;

import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.carbon.GridZones;
import dev.wattle.core.ledger.compare.Comparison;
import dev.wattle.core.ledger.compare.Goal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The words of {@code compare}. Immutable.
 *
 * @param runs at least two
 * @param ledger the directory to look for them; empty for the configured one
 * @param json whether JSON is written
 * @param html the file for HTML
 * @param request what is asked for besides
 */
record CompareOptions(
        List<String> runs, Optional<Path> ledger, boolean json, Optional<Path> html, Comparison.Request request) {

    static final String USAGE = "compare RUN RUN... [--reach METRIC=VALUE] [--metric NAME] [--json] [--html[=FILE]]"
            + " [--ledger DIR] [--zone ZONE] [--pue N] [--carbon-intensity G]";

    private static final String HTML = "--html";
    private static final String DEFAULT_HTML = "wattle-compare.html";
    private static final Set<String> WITH_VALUE =
            Set.of("--reach", "--metric", "--ledger", "--zone", "--pue", "--carbon-intensity");

    /** @throws IllegalArgumentException with a line for a person */
    static CompareOptions parse(String[] words) {
        List<String> runs = new ArrayList<>();
        Map<String, String> values = new TreeMap<>();
        boolean json = false;
        for (int i = 0; i < words.length; i++) {
            String word = words[i];
            int equals = word.indexOf('=');
            String option = word.startsWith("--") && equals > 0 ? word.substring(0, equals) : word;
            if (word.equals("--json")) {
                json = true;
            } else if (option.equals(HTML)) {
                put(values, HTML, equals > 0 ? word.substring(equals + 1) : DEFAULT_HTML);
            } else if (WITH_VALUE.contains(option)) {
                boolean apart = equals < 0 || !word.startsWith("--");
                if (apart && i + 1 == words.length) {
                    throw new IllegalArgumentException(option + " needs a value: " + USAGE);
                }
                put(values, option, apart ? words[++i] : word.substring(equals + 1));
            } else if (word.startsWith("-")) {
                throw new IllegalArgumentException("compare does not know '" + word + "': " + USAGE);
            } else {
                runs.add(word);
            }
        }
        if (runs.size() < 2) {
            throw new IllegalArgumentException("compare takes two runs or more: " + USAGE);
        }
        return new CompareOptions(
                List.copyOf(runs),
                ledger(values),
                json,
                path(values, HTML),
                new Comparison.Request(
                        Optional.ofNullable(values.get("--metric")), goal(values.get("--reach")), carbon(values)));
    }

    private static void put(Map<String, String> values, String option, String value) {
        String before = values.putIfAbsent(option, value);
        if (before != null && !before.equals(value)) {
            throw new IllegalArgumentException(
                    option + " is given twice, as '" + before + "' and '" + value + "': give it once");
        }
    }

    private static Optional<Path> ledger(Map<String, String> values) {
        Optional<Path> ledger = path(values, "--ledger");
        if (ledger.filter(path -> Files.exists(path) && !Files.isDirectory(path))
                .isPresent()) {
            throw new IllegalArgumentException("--ledger: " + ledger.get() + " is not a directory");
        }
        return ledger;
    }

    private static Optional<Path> path(Map<String, String> values, String option) {
        try {
            return Optional.ofNullable(values.get(option)).map(Path::of);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(option + " " + values.get(option) + " is not a path", e);
        }
    }

    private static Optional<Goal> goal(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(Goal::parse);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--reach " + text + ": " + e.getMessage(), e);
        }
    }

    private static Optional<CarbonSettings> carbon(Map<String, String> values) {
        String zone = values.get("--zone");
        String intensity = values.get("--carbon-intensity");
        String pue = values.get("--pue");
        if (zone != null && intensity != null) {
            throw new IllegalArgumentException("--carbon-intensity replaces --zone: give one of them");
        }
        if (zone == null && intensity == null) {
            if (pue != null) {
                throw new IllegalArgumentException(
                        "--pue recomputes CO2e for one place: name it with --zone or --carbon-intensity");
            }
            return Optional.empty();
        }
        try {
            CarbonIntensity figure = intensity != null
                    ? CarbonIntensity.custom(number("--carbon-intensity", intensity))
                    : zone(String.valueOf(zone));
            return Optional.of(new CarbonSettings(figure, pue == null ? 1 : number("--pue", pue), false));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static CarbonIntensity zone(String zone) {
        return GridZones.bundled().find(zone).orElseThrow(() -> {
            List<String> near = GridZones.bundled().suggestions(zone);
            return new IllegalArgumentException("--zone " + zone + ": no such zone"
                    + (near.isEmpty()
                            ? "; the command zones lists them"
                            : "; did you mean " + String.join(", ", near) + "?"));
        });
    }

    private static double number(String option, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " " + text + ": not a number", e);
        }
    }
}
