/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.intensity;

import java.time.Duration;
import java.util.Optional;

/** When a service is asked again: after the interval, or later and later while it fails. For one thread. */
final class RetryDelay {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(10);
    private static final Duration LAST_RETRY = Duration.ofMinutes(30);
    private static final Duration LONGEST_ASKED = Duration.ofHours(24);
    private static final int MAX_DOUBLINGS = 12;

    private final Duration interval;
    private int failures;

    RetryDelay(Duration interval) {
        this.interval = interval;
    }

    /** After an answer. */
    Duration afterSuccess() {
        failures = 0;
        return interval;
    }

    /**
     * After a failure: 10 s, or the interval where that is shorter, then twice as long each time up to half an hour.
     *
     * @param asked what the service asks for, which is kept up to a day
     */
    Duration afterFailure(Optional<Duration> asked) {
        Duration first = interval.compareTo(FIRST_RETRY) < 0 ? interval : FIRST_RETRY;
        Duration doubled = first.multipliedBy(1L << Math.min(failures, MAX_DOUBLINGS));
        failures++;
        Duration own = doubled.compareTo(LAST_RETRY) < 0 ? doubled : LAST_RETRY;
        Duration wanted = asked.orElse(Duration.ZERO);
        Duration longest = wanted.compareTo(own) > 0 ? wanted : own;
        return longest.compareTo(LONGEST_ASKED) < 0 ? longest : LONGEST_ASKED;
    }
}
