/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.file.TsvTable;
import dev.wattle.probes.ProcTree;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelTablesTest {

    @ParameterizedTest
    @ValueSource(strings = {"processors.tsv", "vcpu-watts.tsv", "microarchitectures.tsv"})
    void everyRowHasAKeyOfItsOwnASourceAndAYear(String table) {
        List<TsvTable.Row> rows = rows(table);

        assertThat(rows).allSatisfy(row -> {
            assertThat(row.fields()).doesNotContain("");
            assertThat(row.text("source")).isNotBlank();
            assertThat(row.whole("year")).isBetween(2010, 2026);
        });
        int keyColumns = table.startsWith("micro") ? 6 : 1;
        assertThat(rows).extracting(row -> row.fields().subList(0, keyColumns)).doesNotHaveDuplicates();
    }

    @Test
    void processorsHavePlausibleWatts() {
        assertThat(rows("processors.tsv"))
                .allSatisfy(row -> assertThat(row.number("tdp_watts")).isBetween(3.0, 600.0));
    }

    @Test
    void vcpusDrawMoreUnderLoadAndNoneHasTheFaultyFigureOfTheFifthEpyc() {
        assertThat(rows("vcpu-watts.tsv")).allSatisfy(row -> {
            assertThat(row.number("idle_watts")).isPositive();
            assertThat(row.number("full_watts"))
                    .isGreaterThan(row.number("idle_watts"))
                    .isLessThan(8.7);
        });
    }

    @Test
    void everyMicroarchitectureHasItsWatts() {
        List<String> known = rows("vcpu-watts.tsv").stream()
                .map(row -> row.text("microarchitecture"))
                .toList();

        assertThat(rows("microarchitectures.tsv"))
                .extracting(row -> row.text("microarchitecture"))
                .isSubsetOf(known);
        assertThat(known).contains(Microarchitecture.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "GenuineIntel, 6, 85, 4, Skylake",
        "GenuineIntel, 6, 85, 7, Cascade Lake",
        "GenuineIntel, 6, 85, 11, unknown",
        "GenuineIntel, 6, 143, 8, Sapphire Rapids",
        "AuthenticAMD, 25, 1, 1, EPYC 3rd Gen",
        "AuthenticAMD, 25, 17, 1, EPYC 4th Gen",
        "AuthenticAMD, 26, 2, 1, EPYC 5th Gen",
        "0x41, 8, 3340, 1, Neoverse N1",
        "0x41, 8, 1, 1, unknown",
    })
    void aProcessorIsKnownByItsNumbers(String vendor, int family, int model, int stepping, String expected) {
        assertThat(Microarchitecture.of(new Processor("", vendor, family, model, stepping, 1, 1, true)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "Intel(R) Xeon(R) CPU E5-2650 v4 @ 2.20GHz, E5-2650 v4",
        "Intel(R) Xeon(R) Platinum 8480+, Platinum 8480+",
        "AMD EPYC 7763 64-Core Processor, EPYC 7763",
        "AMD Ryzen 9 5950X 16-Core Processor, Ryzen 9 5950X",
        "Apple M1 Max, Apple M1 Max",
    })
    void theLongestNameThatFitsIsTheProcessor(String name, String token) {
        Processor processor = new Processor(name, "", 0, 0, 0, 1, 8, false);

        assertThat(ProcessorModel.of(processor).name()).isEqualTo("thermal design power of " + token + " by load");
    }

    @Test
    void aVirtualProcessorIsNeverGivenAWholePackage() {
        Processor processor = new Processor(ProcTree.XEON_6148, "GenuineIntel", 6, 85, 4, 1, 2, true);

        assertThat(ProcessorModel.of(processor).name()).startsWith("watts per vCPU of Skylake");
    }

    @Test
    void anArmServerIsKnownByItsPart(@TempDir Path proc) {
        Processor processor = CpuInfo.read(new ProcTree(proc).neoverse(8).root())
                .orElseThrow()
                .processor();

        assertThat(processor.logicalCpus()).isEqualTo(8);
        assertThat(ProcessorModel.of(processor).name()).startsWith("watts per vCPU of Neoverse N1");
    }

    private static List<TsvTable.Row> rows(String table) {
        return TsvTable.load(ProcessorModel.class, table);
    }
}
