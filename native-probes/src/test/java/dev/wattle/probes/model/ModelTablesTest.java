/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.file.TsvTable;
import dev.wattle.probes.ProcTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
            assertThat(row.whole("threads_per_core")).isBetween(1, 2);
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
        "GenuineIntel, 6, 106, 6, Ice Lake",
        "GenuineIntel, 6, 134, 0, Ice Lake",
        "GenuineIntel, 6, 134, 5, unknown",
        "GenuineIntel, 6, 143, 8, Sapphire Rapids",
        "GenuineIntel, 15, 6, 1, unknown",
        "AuthenticAMD, 15, 107, 1, unknown",
        "AuthenticAMD, 23, 49, 0, EPYC 2nd Gen",
        "AuthenticAMD, 23, 160, 0, EPYC 2nd Gen",
        "AuthenticAMD, 25, 1, 1, EPYC 3rd Gen",
        "AuthenticAMD, 25, 17, 1, EPYC 4th Gen",
        "AuthenticAMD, 26, 2, 1, EPYC 5th Gen",
        "0x41, 8, 3340, 1, Neoverse N1",
        "0x41, 8, 3336, 3, unknown",
        "0x41, 8, 3392, 1, Neoverse V1",
        "0x41, 8, 3401, 0, Neoverse N2",
        "0x41, 8, 3407, 1, Neoverse V2",
        "0x41, 8, 3460, 1, Neoverse V3",
        "0x41, 8, 1, 1, unknown",
        "unknown, -1, -1, 0, unknown",
    })
    void aProcessorIsIdentifiedByItsNumbers(String vendor, int family, int model, int stepping, String expected) {
        assertThat(Microarchitecture.of(new Processor("", vendor, family, model, stepping, 1, 1, 1, true)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "Intel(R) Xeon(R) CPU E5-2650 v4 @ 2.20GHz, E5-2650 v4",
        "Intel(R) Xeon(R) Platinum 8480+, Platinum 8480+",
        "AMD EPYC 7763 64-Core Processor, EPYC 7763",
        "AMD Ryzen 9 5950X 16-Core Processor, Ryzen 9 5950X",
        "AMD Ryzen Threadripper PRO 5995WX 64-Cores, Ryzen Threadripper PRO 5995WX",
        "AMD Ryzen 7 8700G w/ Radeon 780M Graphics, Ryzen 7 8700G",
        "INTEL(R) XEON(R) PLATINUM 8568Y+, Platinum 8568Y+",
        "Intel(R) Xeon(R) 6980P, 6980P",
        "Intel(R) Core(TM) i5-8400 CPU @ 2.80GHz, i5-8400",
        "12th Gen Intel(R) Core(TM) i9-12900K, i9-12900K",
        "Intel(R) Core(TM) Ultra 9 285K, Ultra 9 285K",
        "Apple M1 Max, Apple M1 Max",
    })
    void theLongestNameThatFitsIsTheProcessor(String name, String token) {
        assertThat(ProcessorModel.of(bare(name)).name()).isEqualTo("thermal design power of " + token + " by load");
    }

    @Test
    void everyProcessorIsFoundUnderTheNamesTheKernelShows() {
        assertThat(rows("processors.tsv")).allSatisfy(row -> {
            String token = row.text("token");
            assertThat(kernelNames(token))
                    .extracting(name -> ProcessorModel.of(bare(name)).name())
                    .containsOnly("thermal design power of " + token + " by load");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Intel(R) Xeon(R) Gold 6138P CPU @ 2.00GHz",
                "Intel(R) Core(TM) Ultra 9 285HX",
                "AMD Ryzen 7 5700U with Radeon Graphics",
                "AMD EPYC 7763V 64-Core Processor",
                "Intel(R) Xeon(R) Processor @ 2.90GHz",
            })
    void aNameWithTheSamePrefixAsAProcessorsIsAnother(String name) {
        assertThat(ProcessorModel.of(bare(name)).name()).startsWith("watts per vCPU");
    }

    @Test
    void aVirtualProcessorIsNeverGivenAWholePackage() {
        Processor processor = new Processor(ProcTree.XEON_6148, "GenuineIntel", 6, 85, 4, 2, 1, 2, true);

        assertThat(ProcessorModel.of(processor).name()).startsWith("watts per vCPU of Skylake");
    }

    @Test
    void anArmServerIsIdentifiedByItsPart(@TempDir Path proc) {
        Processor processor = CpuInfo.read(new ProcTree(proc).neoverse(8).root())
                .orElseThrow()
                .processor();

        assertThat(processor.logicalCpus()).isEqualTo(8);
        assertThat(ProcessorModel.of(processor).name()).startsWith("watts per vCPU of Neoverse N1");
    }

    /** How makers wrap a product's name: by generation, by frequency, in capitals, and bare. */
    private static List<String> kernelNames(String token) {
        if (token.startsWith("Apple")) {
            return List.of(token);
        }
        if (token.startsWith("EPYC") || token.startsWith("Ryzen")) {
            return List.of(
                    "AMD " + token + " 64-Core Processor",
                    "AMD " + token + " 64-Cores",
                    "AMD " + token + " Eight-Core Processor",
                    "AMD " + token + " with Radeon Graphics");
        }
        String brand = token.startsWith("i") || token.startsWith("Ultra") ? "Intel(R) Core(TM) " : "Intel(R) Xeon(R) ";
        return List.of(
                brand + token,
                brand + token + " CPU @ 2.40GHz",
                brand + "CPU " + token + " @ 2.20GHz",
                "13th Gen " + brand + token,
                (brand + token).toUpperCase(Locale.ROOT),
                (brand + token).toUpperCase(Locale.ROOT) + " CPU @ 2.30GHz");
    }

    private static Processor bare(String name) {
        return new Processor(name, "", 0, 0, 0, 8, 4, 8, false);
    }

    private static List<TsvTable.Row> rows(String table) {
        return TsvTable.load(ProcessorModel.class, table);
    }
}
