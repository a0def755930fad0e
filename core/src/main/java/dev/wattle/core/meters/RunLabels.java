/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.meters;

import io.micrometer.core.instrument.Tags;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The labels that a user gives a run, as labels of a metric.
 *
 * <p>Prometheus allows ASCII letters, digits and underscores in the name of a label, no digit first, and keeps names with two
 * leading underscores for itself (Prometheus' data model, "Metric names and labels"). Any other character becomes an
 * underscore. A name that is not allowed then, or has another meaning on the metric or in Prometheus, gets the prefix {@code
 * label_}. Where two names become the same one, the later gets a number.
 */
final class RunLabels {

    /** Labels are part of a series, of which a server holds each in memory. */
    static final int MAX_LABELS = 20;

    static final int MAX_NAME_LENGTH = 64;
    static final int MAX_VALUE_LENGTH = 128;

    /** Those of the metric itself, those of a scrape's target, and those with a meaning in histograms and summaries. */
    private static final Set<String> RESERVED = Set.of(
            "run",
            "project",
            "host",
            "version",
            "instance",
            "job",
            "exported_instance",
            "exported_job",
            "le",
            "quantile",
            "alertname");

    private static final String PREFIX = "label_";

    private RunLabels() {}

    /** The first {@value #MAX_LABELS} of the labels that have a value. */
    static Tags tags(Map<String, String> labels) {
        Tags tags = Tags.empty();
        Set<String> taken = new HashSet<>();
        for (Map.Entry<String, String> label : labels.entrySet()) {
            if (taken.size() < MAX_LABELS && !label.getValue().isEmpty()) {
                tags = tags.and(unique(allowed(label.getKey()), taken), truncated(label.getValue(), MAX_VALUE_LENGTH));
            }
        }
        return tags;
    }

    private static String allowed(String name) {
        StringBuilder allowed = new StringBuilder();
        truncated(name, MAX_NAME_LENGTH)
                .codePoints()
                .forEach(character -> allowed.append(isAllowed(character) ? (char) character : '_'));
        boolean hasOtherMeaning =
                allowed.length() == 0 || RESERVED.contains(allowed.toString()) || !isLetter(allowed.charAt(0));
        return hasOtherMeaning ? PREFIX + allowed : allowed.toString();
    }

    private static String unique(String name, Set<String> taken) {
        String unique = name;
        for (int number = 2; !taken.add(unique); number++) {
            unique = name + "_" + number;
        }
        return unique;
    }

    private static boolean isAllowed(int character) {
        return isLetter(character) || character >= '0' && character <= '9' || character == '_';
    }

    private static boolean isLetter(int character) {
        return character >= 'a' && character <= 'z' || character >= 'A' && character <= 'Z';
    }

    /** Does not cut a character of two units in half. */
    private static String truncated(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }
}
