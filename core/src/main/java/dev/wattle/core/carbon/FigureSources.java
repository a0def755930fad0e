/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.carbon;

import dev.wattle.core.file.TsvTable;
import java.util.List;
import java.util.Optional;

/** The publications behind the figures of CO2e. Immutable and thread-safe. */
public final class FigureSources {

    private final List<FigureSource> sources;

    private FigureSources(List<FigureSource> sources) {
        this.sources = sources;
    }

    /** The sources of Wattle's own tables. */
    public static FigureSources bundled() {
        return Bundled.SOURCES;
    }

    /** The source with this code; empty for a code that no table uses, such as {@value CarbonIntensity#USER}. */
    public Optional<FigureSource> find(String code) {
        return sources.stream().filter(source -> source.code().equals(code)).findFirst();
    }

    /** The short name of a source, or the code itself where it is not in the tables. */
    public String name(String code) {
        return find(code).map(FigureSource::name).orElse(code);
    }

    /** All sources, sorted by their codes. */
    public List<FigureSource> all() {
        return sources;
    }

    private static FigureSource of(TsvTable.Row row) {
        return new FigureSource(
                row.first(),
                row.text("name"),
                row.text("title"),
                row.text("publisher"),
                row.whole("year"),
                row.text("licence"));
    }

    private static final class Bundled {
        static final FigureSources SOURCES =
                new FigureSources(TsvTable.load(FigureSources.class, "sources.tsv").stream()
                        .map(FigureSources::of)
                        .toList());
    }
}
