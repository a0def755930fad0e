/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.carbon;

import dev.wattle.core.file.TsvTable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * PUE of providers as a whole, of facilities and of averages, from this package's table. Immutable and thread-safe. None is
 * applied to any figure unless the user asks for it.
 */
public final class PublishedPues {

    /** The average data centre of the world, for those who know nothing about theirs. */
    public static final String WORLD_AVERAGE = "world-average";

    /**
     * A row of the table.
     *
     * @param name of the provider, facility or average, for people
     * @param pue the figure; its scope is the name for programs
     */
    public record Entry(String name, Pue pue) {}

    private final List<Entry> entries;

    private PublishedPues(List<Entry> entries) {
        this.entries = entries;
    }

    /** The figures of Wattle's own table. */
    public static PublishedPues bundled() {
        return Bundled.PUES;
    }

    /** The figure of a provider such as {@code aws}, a facility, or {@value #WORLD_AVERAGE}; in any case of letters. */
    public Optional<Pue> find(String scope) {
        String wanted = scope.toLowerCase(Locale.ROOT);
        return entries.stream()
                .map(Entry::pue)
                .filter(pue -> pue.scope().equals(wanted))
                .findFirst();
    }

    /** All figures, sorted by their scope. */
    public List<Entry> all() {
        return entries;
    }

    private static Entry of(TsvTable.Row row) {
        return new Entry(
                row.text("name"), new Pue(row.number("pue"), row.whole("year"), row.text("source"), row.first()));
    }

    private static final class Bundled {
        static final PublishedPues PUES = new PublishedPues(TsvTable.load(PublishedPues.class, "pue.tsv").stream()
                .map(PublishedPues::of)
                .toList());
    }
}
