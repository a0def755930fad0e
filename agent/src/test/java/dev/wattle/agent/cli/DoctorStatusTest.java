/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DoctorStatusTest {
    @Test
    void becomesTheExitCode() {
        assertThat(Diagnoses.server().status().exitCode()).isZero();
        assertThat(Diagnoses.virtualMachine().status().exitCode()).isEqualTo(3);
        assertThat(Diagnoses.blank().status().exitCode()).isEqualTo(4);
    }

    @Test
    void countsWhatAnsweredAndNotWhatWasFound() {
        List<LiveReading> silent = Diagnoses.server().readings().stream()
                .filter(reading -> !reading.answered())
                .toList();

        assertThat(silent).isNotEmpty();
        assertThat(DoctorStatus.on(silent)).isEqualTo(DoctorStatus.NOTHING);
    }
}
