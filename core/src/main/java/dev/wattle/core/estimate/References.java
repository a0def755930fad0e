/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.estimate;

import dev.wattle.core.file.TsvTable;

/** The publications that estimates refer to, from this package's table. */
public final class References {

    private References() {}

    /** A name for a sentence, such as {@code Lacoste et al. (2019)}. */
    public static String shortName(String code) {
        return row(code).text("short");
    }

    /** An entry for a list of references. */
    public static String citation(String code) {
        return row(code).text("citation");
    }

    private static TsvTable.Row row(String code) {
        return TsvTable.load(References.class, "references.tsv").stream()
                .filter(row -> row.first().equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no reference " + code));
    }
}
