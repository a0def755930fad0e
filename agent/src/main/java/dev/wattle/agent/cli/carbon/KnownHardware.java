/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.carbon;

import dev.wattle.core.estimate.Product;
import dev.wattle.core.estimate.ProductCatalog;
import dev.wattle.core.estimate.ProductMatch;
import dev.wattle.core.file.TsvTable;
import dev.wattle.probes.model.BoardModel;
import dev.wattle.probes.model.ModelSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** The accelerators and processors whose power is published, found by the names that people write. */
final class KnownHardware {
    private KnownHardware() {}

    /** GPUs, TPUs and other accelerators. */
    static ProductCatalog accelerators() {
        return new ProductCatalog(Stream.concat(
                        BoardModel.boards().stream().map(KnownHardware::board), Product.otherAccelerators().stream())
                .toList());
    }

    /** Processors by their thermal design power. */
    static ProductCatalog processors() {
        return new ProductCatalog(
                ModelSource.processors().stream().map(KnownHardware::processor).toList());
    }

    /**
     * The product of that name.
     *
     * @param option the option that it was given with
     */
    static ProductMatch.Found find(ProductCatalog catalog, EstimateOption option, String name) throws UsageException {
        ProductMatch match = catalog.find(name);
        if (match instanceof ProductMatch.Found found) {
            return found;
        }
        String shown = option.flag() + " '" + EstimateArguments.shown(name) + "'";
        if (match instanceof ProductMatch.Ambiguous ambiguous) {
            throw new UsageException(
                    shown + " may be " + String.join(", ", ambiguous.names()) + "; write the whole name");
        }
        List<String> similar = ((ProductMatch.Unknown) match).similar();
        String known = similar.isEmpty() ? "" : "; did you mean " + String.join(", ", similar) + "?";
        String otherwise = option == EstimateOption.GPU ? " For others, give --power W, the watts of one." : "";
        throw new UsageException(shown + " is not in the tables" + (known.isEmpty() ? "." : known) + otherwise);
    }

    private static Product board(TsvTable.Row row) {
        double watts = row.number("board_watts");
        double idle = row.has("idle_watts") ? row.number("idle_watts") : watts * BoardModel.IDLE_SHARE;
        return product(row, watts, OptionalDouble.of(idle));
    }

    private static Product processor(TsvTable.Row row) {
        return product(row, row.number("tdp_watts"), OptionalDouble.empty());
    }

    private static Product product(TsvTable.Row row, double watts, OptionalDouble idle) {
        return new Product(
                row.text("token"), watts, idle, Optional.empty(), row.text("source") + ", " + row.text("year"), "");
    }
}
