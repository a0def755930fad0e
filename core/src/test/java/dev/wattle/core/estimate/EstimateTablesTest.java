/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.file.TsvTable;
import java.util.List;
import org.junit.jupiter.api.Test;

class EstimateTablesTest {

    @Test
    void acceleratorsHaveAPlausiblePowerAndASource() {
        assertThat(Product.otherAccelerators()).hasSizeGreaterThan(15).allSatisfy(product -> {
            assertThat(product.watts()).isBetween(20.0, 2000.0);
            assertThat(product.source()).matches(".+, 20\\d\\d");
            product.mean().ifPresent(mean -> {
                assertThat(mean.high()).isLessThanOrEqualTo(product.watts());
                assertThat(product.remark()).isNotBlank();
            });
        });
        assertThat(rows("accelerators.tsv"))
                .extracting(TsvTable.Row::first)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void everyReferenceIsComplete() {
        assertThat(rows("references.tsv"))
                .extracting(TsvTable.Row::first)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(rows("references.tsv")).allSatisfy(row -> {
            assertThat(row.fields()).noneMatch(String::isBlank);
            assertThat(row.text("citation")).containsPattern("20\\d\\d").endsWith(".");
        });
    }

    @Test
    void papersHaveNoRowTwice() {
        assertThat(rows("papers.tsv"))
                .extracting(row -> row.fields().subList(0, 3))
                .doesNotHaveDuplicates();
    }

    private static List<TsvTable.Row> rows(String table) {
        return TsvTable.load(Product.class, table);
    }
}
