/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.meters;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunLabelsTest {
    private static final Pattern ALLOWED = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]*");

    @ParameterizedTest
    @CsvSource({
        "team, team",
        "Team_2, Team_2",
        "cost-centre, cost_centre",
        "k8s.pod/name, k8s_pod_name",
        "2nd, label_2nd",
        "_hidden, label__hidden",
        "__name__, label___name__",
        "run, label_run",
        "host, label_host",
        "instance, label_instance",
        "le, label_le",
        "équipe, label__quipe",
    })
    void namesALabelAsPrometheusAllows(String given, String expected) {
        assertThat(names(Map.of(given, "x"))).containsExactly(expected);
    }

    @Test
    void numbersNamesThatBecomeTheSame() {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("a.b", "first");
        labels.put("a-b", "second");
        labels.put("a/b", "third");

        assertThat(RunLabels.tags(labels))
                .containsExactlyInAnyOrder(Tag.of("a_b", "first"), Tag.of("a_b_2", "second"), Tag.of("a_b_3", "third"));
    }

    @Test
    void leavesOutALabelWithoutAValue() {
        assertThat(RunLabels.tags(Map.of("team", ""))).isEmpty();
    }

    @Test
    void limitsTheNumberOfLabelsAndTheirLengths() {
        Map<String, String> labels = new LinkedHashMap<>();
        for (int i = 0; i < 100; i++) {
            labels.put("n" + i + "x".repeat(500), "\uD83C\uDF33".repeat(500));
        }

        assertThat(RunLabels.tags(labels)).hasSize(RunLabels.MAX_LABELS).allSatisfy(tag -> {
            assertThat(tag.getKey()).hasSizeLessThanOrEqualTo(RunLabels.MAX_NAME_LENGTH);
            assertThat(tag.getValue()).hasSize(RunLabels.MAX_VALUE_LENGTH).endsWith("\uD83C\uDF33");
        });
    }

    @Property
    void everyNameIsAllowedAndThereOnce(@ForAll Map<String, String> labels) {
        List<String> names = names(labels);

        assertThat(names).allMatch(name -> ALLOWED.matcher(name).matches()).doesNotHaveDuplicates();
        assertThat(names).hasSize((int) Math.min(
                RunLabels.MAX_LABELS,
                labels.values().stream().filter(value -> !value.isEmpty()).count()));
    }

    private static List<String> names(Map<String, String> labels) {
        Tags tags = RunLabels.tags(labels);
        return tags.stream().map(Tag::getKey).collect(Collectors.toList());
    }
}
