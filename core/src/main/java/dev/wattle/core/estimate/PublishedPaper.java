/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.estimate;

import dev.wattle.core.file.TsvTable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A publication whose tables of footprints are recomputed from this package's table {@code papers.tsv}. */
public enum PublishedPaper {
    /** Tables 1 and 3. */
    STRUBELL_2019(
            "strubell-2019", "strubell-2019", "kWh = W x h x 1.58 / 1000; lb = kWh x 0.954. W is of all devices."),
    /** Tables 4 and 1. */
    PATTERSON_2021("patterson-2021", "patterson-2021", "kWh = devices x W x h x PUE / 1000; t = kWh x kg/kWh / 1000."),
    /** The training of BLOOM. */
    BLOOM("bloom", "luccioni-2022", "kWh = GPU-hours x 400 W / 1000; t = kWh x 57 g/kWh / 1,000,000.");

    private final String word;
    private final String reference;
    private final String method;

    PublishedPaper(String word, String reference, String method) {
        this.word = word;
        this.reference = reference;
        this.method = method;
    }

    /** The paper that a word names, in any case of letters. */
    public static Optional<PublishedPaper> named(String word) {
        String wanted = word.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(paper -> paper.word.equals(wanted))
                .findFirst();
    }

    /** The name for the command line. */
    public String word() {
        return word;
    }

    /** Its code in {@link References}. */
    public String reference() {
        return reference;
    }

    /** How the paper computes, in one line. */
    public String method() {
        return method;
    }

    /** Its rows, table by table. */
    public List<PublishedRow> rows() {
        return TsvTable.load(PublishedPaper.class, "papers.tsv").stream()
                .filter(row -> row.first().equals(word))
                .map(PublishedRow::of)
                .toList();
    }
}
