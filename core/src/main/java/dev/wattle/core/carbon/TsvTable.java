/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.carbon;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads this package's tables: tab separated, UTF-8, no quoting, comment lines that begin with {@code #}, then one line
 * of column names. A table that is missing or malformed is a fault of the build, so reading one throws.
 */
final class TsvTable {

    /** One line of a table; an empty field is a value nobody published. */
    record Row(String table, int line, List<String> columns, List<String> fields) {

        // Put together for a message only: a JVM's first string concatenation is dear, and this is the start-up path.
        String place() {
            return table + " line " + line;
        }

        boolean has(String column) {
            return !text(column).isEmpty();
        }

        String text(String column) {
            int index = columns.indexOf(column);
            if (index < 0) {
                throw new IllegalStateException(place() + ": no column " + column);
            }
            return fields.get(index);
        }

        double number(String column) {
            try {
                return Double.parseDouble(text(column));
            } catch (NumberFormatException e) {
                throw new IllegalStateException(place() + ": " + column + " is not a number", e);
            }
        }

        int year(String column) {
            try {
                return Integer.parseInt(text(column));
            } catch (NumberFormatException e) {
                throw new IllegalStateException(place() + ": " + column + " is not a year", e);
            }
        }
    }

    static List<Row> load(String resource) {
        try (InputStream stream = TsvTable.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("table " + resource + " is missing");
            }
            return parse(resource, new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("table " + resource + " cannot be read", e);
        }
    }

    static List<Row> parse(String name, BufferedReader reader) throws IOException {
        List<Row> rows = new ArrayList<>();
        List<String> columns = List.of();
        int number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            if (line.startsWith("#")) {
                continue;
            }
            List<String> fields = Arrays.asList(line.split("\t", -1));
            if (columns.isEmpty()) {
                columns = fields;
                continue;
            }
            Row row = new Row(name, number, columns, fields);
            if (fields.size() != columns.size()) {
                throw new IllegalStateException(row.place() + ": " + fields.size() + " fields, not " + columns.size());
            }
            rows.add(row);
        }
        return rows;
    }

    private TsvTable() {}
}
