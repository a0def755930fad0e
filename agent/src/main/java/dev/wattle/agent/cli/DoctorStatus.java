/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli;

import java.util.List;
import java.util.Locale;

/** The best quality that a machine offers. */
enum DoctorStatus {
    /** Something is measured. */
    MEASURED(0),
    /** Nothing is measured, something is modelled. */
    MODELLED(3),
    /** Nothing is measured or modelled. */
    NOTHING(4);

    private final int exitCode;
    private final String word = name().toLowerCase(Locale.ROOT);

    DoctorStatus(int exitCode) {
        this.exitCode = exitCode;
    }

    /** By what has answered, not by what was found. */
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
