/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.model;

/** Names a processor's microarchitecture as the table of watts per vCPU does. */
final class Microarchitecture {
    static final String UNKNOWN = "unknown";

    private Microarchitecture() {}

    /** By CPUID, which clouds leave intact where they blank the product name; {@link #UNKNOWN} where not listed. */
    static String of(Processor processor) {
        return Tsv.rows("microarchitectures.tsv").stream()
                .filter(row -> row[0].equals(processor.vendor())
                        && Integer.parseInt(row[1]) == processor.family()
                        && isWithin(processor.model(), row[2], row[3])
                        && isWithin(processor.stepping(), row[4], row[5]))
                .findFirst()
                .map(row -> row[6])
                .orElse(UNKNOWN);
    }

    private static boolean isWithin(int number, String first, String last) {
        return Integer.parseInt(first) <= number && number <= Integer.parseInt(last);
    }
}
