/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.totals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattle.core.ledger.read.LedgerFiles;
import dev.wattle.core.ledger.totals.Grouping.Property;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The query in docs/ledger.md gives what the report gives. */
class DuckDbPageTest {

    private static final Path PAGE = Path.of("..", "docs", "ledger.md");
    private static final String FENCE = "```";

    @TempDir
    Path directory;

    @Test
    void theQueryOfThePageGivesTheRecordedTotals() throws Exception {
        GeneratedLedger generated = new GeneratedLedger(directory, 200, 7);
        assertThat(generated.runs()).hasSize(200);
        Files.copy(
                Path.of("../agent/src/test/resources/journals/0.1.0-dl4j.jsonl"),
                directory.resolve("0.1.0-dl4j.jsonl"));
        Map<String, LedgerRow> expected = new HashMap<>();
        LedgerTotals.of(LedgerFiles.in(List.of(directory)), LedgerQuery.all(Property.PROJECT))
                .rows()
                .forEach(row -> expected.put(row.name(), row));

        int rows = 0;
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query().replace("LEDGER", directory.toString()))) {
            while (found.next()) {
                LedgerRow row = Objects.requireNonNull(expected.get(found.getString("name")));
                assertThat(found.getLong("microjoules")).isEqualTo(row.recordedMicrojoules());
                assertThat(found.getLong("runs")).isEqualTo(row.runs());
                assertThat(found.getLong("killed")).isEqualTo(row.killed());
                assertThat(found.getDouble("seconds")).isCloseTo(row.seconds(), within(1e-6));
                rows++;
            }
        }
        assertThat(rows).isEqualTo(expected.size());
    }

    private static String query() throws Exception {
        String page = Files.readString(PAGE);
        int start = page.indexOf(FENCE + "sql\n") + FENCE.length() + 4;
        return page.substring(start, page.indexOf(FENCE, start));
    }
}
