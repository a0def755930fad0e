/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.export;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** Formats dates for HTTP (RFC 9110, 5.6.7), without the JDK's formatter, whose texts the host can replace. */
final class HttpDate {
    private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

    private HttpDate() {}

    /** Such as {@code Sun, 06 Nov 1994 08:49:37 GMT}. */
    static String of(long epochMillis) {
        OffsetDateTime date = OffsetDateTime.ofInstant(Instant.ofEpochMilli(epochMillis), ZoneOffset.UTC);
        return DAYS.get(date.getDayOfWeek().getValue() - 1) + ", " + twoDigits(date.getDayOfMonth()) + " "
                + MONTHS.get(date.getMonthValue() - 1) + " " + date.getYear() + " " + twoDigits(date.getHour()) + ":"
                + twoDigits(date.getMinute()) + ":" + twoDigits(date.getSecond()) + " GMT";
    }

    private static String twoDigits(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }
}
