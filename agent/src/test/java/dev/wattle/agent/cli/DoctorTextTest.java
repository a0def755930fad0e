/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.probes.source.ProbeKind;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoctorTextTest {
    @Test
    void reportsEachSourceThenTheFixesThenTheStatus() {
        assertThat(DoctorText.of(Diagnoses.server())).isEqualTo("""
                wattle doctor: what can be measured here
                  wattle     1.2.3
                  date       2026-11-22T10:11:23Z
                  system     Debian GNU/Linux 12 (bookworm), Linux 6.1.0 amd64
                  kernel     Linux version 6.1.0 #1 SMP
                  java       OpenJDK 64-Bit Server VM 17.0.15+6, Debian
                  user       ada (uid 1000)
                  container  none seen
                  processor  Intel(R) Xeon(R) Platinum 8358 CPU @ 2.60GHz (64 for this JVM)

                SOURCE    STATE              WHERE
                    DEVICE          PART QUALITY    SCOPE          POWER  NAME
                powercap  in use             /sys/class/powercap
                powercap  partly in use [1]  /sys/class/powercap
                    package-0       cpu  counter    machine      150.0 W  Intel(R) Xeon(R) Platinum 8358 CPU @
                                                                          2.60GHz
                      /sys/devices/virtual/powercap/intel-rapl/intel-rapl:0
                nvml      in use             /usr/lib64/libnvidia-ml.so.1
                    gpu-0           gpu  integrated machine      unknown  NVIDIA H100
                      nvml 0
                hwmon     not asked for
                model     not needed
                    The processors are measured, so nothing is modelled.

                [1] powercap: The energy of package-1 is missing from every total: its counter cannot be read.
                    Let the group 'power' read it:
                      sudo chgrp power /sys/class/powercap/intel-rapl:1/energy_uj
                      sudo chmod 0440 /sys/class/powercap/intel-rapl:1/energy_uj
                    To make that last, put this line into /etc/udev/rules.d/70-powercap.rules:
                      RULE
                [2] gpu-0 was found and never answered.
                [3] The energy of its memory is missing from every total.

                Measured: package-0.
                """);
    }

    @Test
    void neverCallsAModelAMeasurement() {
        assertThat(DoctorText.of(Diagnoses.virtualMachine()))
                .contains("cpu             cpu  modelled   container     2.34 W  AMD EPYC 9R14\n")
                .contains("watts per vCPU (mean of 43 results, 2026); error +/-40 %\n")
                .endsWith("\nNothing is measured here. Modelled: cpu.\n");
    }

    @Test
    void saysThatThereIsNothing() {
        assertThat(DoctorText.of(Diagnoses.blank())).endsWith("\nNothing is measured here.\n");
    }

    @Test
    void doubtsACounterThatStandsStill() {
        DoctorReport report = Diagnoses.of(
                EnumSet.allOf(ProbeKind.class), List.of(), List.of(), List.of(Diagnoses.counter("package-0", 0)));

        assertThat(DoctorText.of(report)).contains("[1] The counter of package-0 stood still for a second.\n");
    }
}
