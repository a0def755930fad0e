/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.ledger;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the times of a report: a date in UTC, a moment, or a duration before now such as {@code 30d}. */
final class ReportTime {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(m|h|d|w)");

    private ReportTime() {}

    /** From when on; a date from its start on. */
    static Instant since(String text, Clock clock) {
        return parse("--since", text, clock, 0);
    }

    /** Until when; a date until its end. */
    static Instant until(String text, Clock clock) {
        return parse("--until", text, clock, 1);
    }

    private static Instant parse(String option, String text, Clock clock, int daysLater) {
        Matcher duration = DURATION.matcher(text);
        try {
            if (duration.matches()) {
                return clock.instant().minus(unit(duration.group(2)).multipliedBy(Long.parseLong(duration.group(1))));
            }
            Optional<Instant> date = date(text, daysLater);
            return date.isPresent() ? date.get() : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException | ArithmeticException noTime) {
            throw new IllegalArgumentException(
                    option + " takes a date (2026-11-28), a moment (2026-11-28T09:00:00Z) or a duration before now"
                            + " (90m, 12h, 30d, 4w), not '" + text + "'",
                    noTime);
        }
    }

    private static Optional<Instant> date(String text, int daysLater) {
        try {
            return Optional.of(LocalDate.parse(text)
                    .plusDays(daysLater)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant());
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }

    private static Duration unit(String letter) {
        return switch (letter) {
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            case "d" -> Duration.ofDays(1);
            default -> Duration.ofDays(7);
        };
    }
}
