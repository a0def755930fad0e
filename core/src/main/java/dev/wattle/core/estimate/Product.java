/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.estimate;

import dev.wattle.core.file.TsvTable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An accelerator or a processor with its published power. Immutable.
 *
 * @param name the maker's name
 * @param watts the board's power or the processor's thermal design power, in watts
 * @param idleWatts at no load; empty where nobody published it
 * @param mean the published mean power in training, with its host; empty where there is none
 * @param source who published the figures, and the year
 * @param remark what a reader must know about the figures; empty if nothing
 */
public record Product(
        String name, double watts, OptionalDouble idleWatts, Optional<Range> mean, String source, String remark) {

    /**
     * Accelerators that no driver of this meter reports, such as TPUs: this package's table {@code accelerators.tsv}. GPUs
     * are in the table of the model.
     */
    public static List<Product> otherAccelerators() {
        return TsvTable.load(Product.class, "accelerators.tsv").stream()
                .map(Product::ofRow)
                .toList();
    }

    private static Product ofRow(TsvTable.Row row) {
        return new Product(
                row.text("name"),
                row.number("board_watts"),
                row.has("idle_watts") ? OptionalDouble.of(row.number("idle_watts")) : OptionalDouble.empty(),
                row.has("mean_watts")
                        ? Optional.of(new Range(
                                row.number("mean_watts"), row.number("mean_low_watts"), row.number("mean_high_watts")))
                        : Optional.empty(),
                row.text("source") + ", " + row.text("year"),
                row.text("remark"));
    }
}
