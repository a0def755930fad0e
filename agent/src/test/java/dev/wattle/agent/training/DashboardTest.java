/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What Grafana needs of a dashboard, and the metrics that its queries name. */
class DashboardTest {
    private static final Path DOCS = Path.of("..", "docs");
    private static final Pattern DOCUMENTED = Pattern.compile("\\| `wattle\\.[a-z0-9.]+` \\| `([a-z0-9_]+)` \\|");
    private static final Pattern RECORDED = Pattern.compile("- record: (\\S+)");
    private static final int COLUMNS = 24;

    private final Dashboard dashboard = Dashboard.read(DOCS.resolve("prometheus/grafana-dashboard.json"));

    @Test
    void everyMetricIsDocumentedOrRecorded() throws IOException {
        Set<String> known = new HashSet<>(found(DOCUMENTED, DOCS.resolve("metrics.md")));
        known.addAll(found(RECORDED, DOCS.resolve("prometheus/wattle-recording.yml")));

        assertThat(dashboard.queries())
                .hasSizeGreaterThan(25)
                .allSatisfy(query ->
                        assertThat(Dashboard.metrics(query)).isNotEmpty().isSubsetOf(known));
    }

    @Test
    void theRulesUseDocumentedMetricsOnly() throws IOException {
        Set<String> known = new HashSet<>(found(DOCUMENTED, DOCS.resolve("metrics.md")));
        known.addAll(found(RECORDED, DOCS.resolve("prometheus/wattle-recording.yml")));

        for (String rules : List.of("wattle-recording.yml", "wattle-alerts.yml")) {
            for (String line : Files.readAllLines(DOCS.resolve("prometheus").resolve(rules))) {
                if (!line.contains("record:") && !line.startsWith("#") && !line.contains("name:")) {
                    assertThat(known).as(line).containsAll(Dashboard.metrics(line));
                }
            }
        }
    }

    @Test
    void everyPanelAsksTheChosenDataSource() {
        for (JsonObject panel : dashboard.panels()) {
            if (!panel.get("type").getAsString().equals("row")) {
                assertThat(panel.getAsJsonObject("datasource").get("uid").getAsString())
                        .isEqualTo("${datasource}");
                for (JsonObject target : Dashboard.objects(panel.getAsJsonArray("targets"))) {
                    assertThat(target.getAsJsonObject("datasource").get("uid").getAsString())
                            .isEqualTo("${datasource}");
                }
            }
        }
        assertThat(dashboard.variables())
                .extracting(variable -> variable.get("name").getAsString())
                .containsExactly("datasource", "instance", "device");
    }

    @Test
    void everyPanelHasANumberAPlaceAndAUnit() {
        Set<Integer> ids = new HashSet<>();
        Set<String> taken = new HashSet<>();
        Set<String> units = new HashSet<>();
        for (JsonObject panel : dashboard.panels()) {
            assertThat(ids.add(panel.get("id").getAsInt()))
                    .as("id of %s", panel)
                    .isTrue();
            JsonObject place = panel.getAsJsonObject("gridPos");
            int left = place.get("x").getAsInt();
            int right = left + place.get("w").getAsInt();
            int top = place.get("y").getAsInt();
            assertThat(right).isLessThanOrEqualTo(COLUMNS);
            for (int x = left; x < right; x++) {
                for (int y = top; y < top + place.get("h").getAsInt(); y++) {
                    assertThat(taken.add(x + "/" + y))
                            .as("place of %s", panel.get("title"))
                            .isTrue();
                }
            }
            if (panel.has("fieldConfig")) {
                units.add(panel.getAsJsonObject("fieldConfig")
                        .getAsJsonObject("defaults")
                        .get("unit")
                        .getAsString());
            }
        }
        assertThat(units)
                .containsExactlyInAnyOrder(
                        "watt", "joule", "kwatth", "massg", "percentunit", "s", "dateTimeFromNow", "none");
    }

    private static List<String> found(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file))
                .results()
                .map(result -> result.group(1))
                .toList();
    }
}
