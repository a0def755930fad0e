/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.model;

import dev.wattle.core.file.TsvTable;

/** Names a processor's microarchitecture as in the table of watts per vCPU. */
final class Microarchitecture {
    static final String UNKNOWN = "unknown";

    private Microarchitecture() {}

    /** By CPUID, which clouds keep even if they hide the product name; {@link #UNKNOWN} if not listed. */
    static String of(Processor processor) {
        return TsvTable.load(Microarchitecture.class, "microarchitectures.tsv").stream()
                .filter(row -> row.text("vendor").equals(processor.vendor())
                        && row.whole("family") == processor.family()
                        && isWithin(processor.model(), row.whole("first_model"), row.whole("last_model"))
                        && isWithin(processor.stepping(), row.whole("first_stepping"), row.whole("last_stepping")))
                .findFirst()
                .map(row -> row.text("microarchitecture"))
                .orElse(UNKNOWN);
    }

    private static boolean isWithin(int number, int first, int last) {
        return first <= number && number <= last;
    }
}
