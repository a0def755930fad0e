/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header Retry-After (RFC 9110, section 10.2.3): seconds, or a date as servers of today write it. */
final class RetryAfter {
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
    private static final Pattern DATE =
            Pattern.compile("\\w{3}, (\\d{2}) (\\w{3}) (\\d{4}) (\\d{2}):(\\d{2}):(\\d{2}) GMT");
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

    private RetryAfter() {}

    /** The time to wait from now on, zero or more; empty for other texts. */
    static Optional<Duration> parse(String text, Instant now) {
        String value = text.strip();
        if (SECONDS.matcher(value).matches()) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        Matcher date = DATE.matcher(value);
        if (!date.matches()) {
            return Optional.empty();
        }
        try {
            Instant then = LocalDateTime.of(
                            whole(date, 3),
                            MONTHS.indexOf(date.group(2)) + 1,
                            whole(date, 1),
                            whole(date, 4),
                            whole(date, 5),
                            whole(date, 6))
                    .toInstant(ZoneOffset.UTC);
            return Optional.of(then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO);
        } catch (DateTimeException noSuchDate) {
            return Optional.empty();
        }
    }

    private static int whole(Matcher date, int group) {
        return Integer.parseInt(date.group(group));
    }
}
