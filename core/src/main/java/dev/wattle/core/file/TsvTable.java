/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.file;

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
 * Reads tables that lie beside classes: tab separated, UTF-8, no quoting, comment lines that begin with {@code #}, then one line
 * of column names. A table that is missing or malformed is a fault of the build, so reading one throws.
 */
public final class TsvTable {

    /** One line of a table; an empty field is a value nobody published. */
    public record Row(String table, int line, List<String> columns, List<String> fields) {

        // Put together for a message only: a JVM's first string concatenation is dear, and this is the start-up path.
        /** The table and line, for a message. */
        public String place() {
            return table + " line " + line;
        }

        /** Whether the field is filled. */
        public boolean has(String column) {
            return !text(column).isEmpty();
        }

        /** A field by its column's name. */
        public String text(String column) {
            int index = columns.indexOf(column);
            if (index < 0) {
                throw new IllegalStateException(place() + ": no column " + column);
            }
            return fields.get(index);
        }

        /** A field that is a number. */
        public double number(String column) {
            try {
                return Double.parseDouble(text(column));
            } catch (NumberFormatException e) {
                throw new IllegalStateException(place() + ": " + column + " is not a number", e);
            }
        }

        /** A field that is a whole number. */
        public int whole(String column) {
            try {
                return Integer.parseInt(text(column));
            } catch (NumberFormatException e) {
                throw new IllegalStateException(place() + ": " + column + " is not a whole number", e);
            }
        }
    }

    /** The rows of a table beside a class. */
    public static List<Row> load(Class<?> owner, String resource) {
        try (InputStream stream = owner.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("table " + resource + " is missing");
            }
            return parse(resource, new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("table " + resource + " cannot be read", e);
        }
    }

    /** The rows of a table that is already open. */
    public static List<Row> parse(String name, BufferedReader reader) throws IOException {
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
