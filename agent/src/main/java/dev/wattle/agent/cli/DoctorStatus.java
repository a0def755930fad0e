/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli;

import java.util.List;
import java.util.Locale;

/** The best that can be had on a machine. */
enum DoctorStatus {
    /** Something is measured. */
    MEASURED(0),
    /** There are only estimates. */
    MODELLED(3),
    /** There is not even an estimate. */
    NOTHING(4);

    private final int exitCode;
    private final String word = name().toLowerCase(Locale.ROOT);

    DoctorStatus(int exitCode) {
        this.exitCode = exitCode;
    }

    /** What counts is what answered, not what was found. */
    static DoctorStatus on(List<LiveReading> readings) {
        if (readings.stream().anyMatch(LiveReading::isMeasured)) {
            return MEASURED;
        }
        return readings.stream().anyMatch(LiveReading::isModelled) ? MODELLED : NOTHING;
    }

    int exitCode() {
        return exitCode;
    }

    String word() {
        return word;
    }
}
