/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.impact;

import dev.wattle.core.file.TsvTable;
import java.util.List;
import java.util.Optional;

/** What making hardware emitted, from this package's table. Immutable and thread-safe. */
public final class EmbodiedFigures {

    private final List<EmbodiedFigure> figures;

    private EmbodiedFigures(List<EmbodiedFigure> figures) {
        this.figures = figures;
    }

    /** The figures of Wattle's own table. */
    public static EmbodiedFigures bundled() {
        return Bundled.FIGURES;
    }

    /**
     * The figure of an accelerator.
     *
     * @param productName as its driver reports it, such as {@code NVIDIA H100 80GB HBM3}
     * @return empty where none is published: unknown, not zero
     */
    public Optional<EmbodiedFigure> ofAccelerator(String productName) {
        return figures.stream()
                .filter(figure -> figure.pattern().map(productName::matches).orElse(false))
                .findFirst();
    }

    /** All figures, accelerators first. */
    public List<EmbodiedFigure> all() {
        return figures;
    }

    private static EmbodiedFigure of(TsvTable.Row row) {
        return new EmbodiedFigure(
                row.first(),
                row.text("kind"),
                row.number("kg_co2e"),
                row.text("boundary"),
                row.whole("year"),
                row.text("source"),
                row.has("pattern") ? Optional.of(row.text("pattern")) : Optional.empty());
    }

    private static final class Bundled {
        static final EmbodiedFigures FIGURES =
                new EmbodiedFigures(TsvTable.load(EmbodiedFigures.class, "embodied.tsv").stream()
                        .map(EmbodiedFigures::of)
                        .toList());
    }
}
