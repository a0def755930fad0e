/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.ledger;

import dev.wattle.core.ledger.totals.LedgerRow;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The order of a report's rows: the largest first, or by name. */
enum RowOrder {
    ENERGY(Comparator.comparingLong(LedgerRow::microjoules).reversed()),
    CO2E(Comparator.comparingDouble(LedgerRow::co2eGrams).reversed()),
    TIME(Comparator.comparingDouble(LedgerRow::seconds).reversed()),
    NAME(Comparator.comparing(LedgerRow::name));

    private final Comparator<LedgerRow> comparator;

    RowOrder(Comparator<LedgerRow> comparator) {
        this.comparator = comparator.thenComparing(LedgerRow::name);
    }

    /** @throws IllegalArgumentException where there is no such order */
    static RowOrder named(String word) {
        for (RowOrder order : values()) {
            if (order.name().toLowerCase(Locale.ROOT).equals(word)) {
                return order;
            }
        }
        throw new IllegalArgumentException("no order '" + word + "'; --sort takes energy, co2e, time or name");
    }

    List<LedgerRow> sorted(List<LedgerRow> rows) {
        return rows.stream().sorted(comparator).toList();
    }
}
