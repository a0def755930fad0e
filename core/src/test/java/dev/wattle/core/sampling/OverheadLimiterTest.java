/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OverheadLimiterTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long START = -3 * SECOND;

    @Test
    void isDueEveryTenSeconds() {
        OverheadLimiter limiter = new OverheadLimiter(START);

        assertThat(limiter.isDue(START + 10 * SECOND - 1)).isFalse();
        assertThat(limiter.isDue(START + 10 * SECOND)).isTrue();
        limiter.isExceeded(START + 12 * SECOND, 0);
        assertThat(limiter.isDue(START + 21 * SECOND)).isFalse();
        assertThat(limiter.isDue(START + 22 * SECOND)).isTrue();
    }

    @Test
    void forgivesTheFirstStretchInWhichCodeIsCold() {
        assertThat(new OverheadLimiter(START).isExceeded(START + 10 * SECOND, 5 * SECOND))
                .isFalse();
    }

    @Test
    void isExceededAboveOnePartInAHundred() {
        OverheadLimiter limiter = new OverheadLimiter(START);
        limiter.isExceeded(START + 10 * SECOND, SECOND);

        assertThat(limiter.isExceeded(START + 20 * SECOND, SECOND + SECOND / 10))
                .isFalse();
        assertThat(limiter.isExceeded(START + 30 * SECOND, SECOND + SECOND / 5 + 1))
                .isTrue();
    }

    @Test
    void isNotExceededWhereTheCostIsUnknown() {
        OverheadLimiter limiter = new OverheadLimiter(START);
        limiter.isExceeded(START + 10 * SECOND, MeterThreads.UNKNOWN);

        assertThat(limiter.isExceeded(START + 20 * SECOND, MeterThreads.UNKNOWN))
                .isFalse();
    }

    @Test
    void isNotExceededByTheWholePastWhereTheCostBecomesKnown() {
        OverheadLimiter limiter = new OverheadLimiter(START);
        limiter.isExceeded(START + 10 * SECOND, MeterThreads.UNKNOWN);

        assertThat(limiter.isExceeded(START + 20 * SECOND, 5 * SECOND)).isFalse();
    }
}
