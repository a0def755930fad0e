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
import org.jspecify.annotations.Nullable;

/**
 * Reads tables that are resources of a class: tab-separated, UTF-8, no quotes, comment lines that start with {@code #}, then
 * one line of column names. A missing or malformed table is a fault of the build, so reading it throws an exception.
 */
public final class TsvTable {

    /**
     * One line of a table; an empty field is a value that was not published. The line is split when a field is read, since
     * most lines of a long table are never read. Immutable.
     */
    public static final class Row {
        private final String table;
        private final int line;
        private final List<String> columns;
        private final String text;
        private @Nullable List<String> fields;

        Row(String table, int line, List<String> columns, String text) {
            this.table = table;
            this.line = line;
            this.columns = columns;
            this.text = text;
        }

        /** Its fields, in the order of the columns. */
        public List<String> fields() {
            List<String> known = fields;
            if (known == null) {
                known = split(text);
                fields = known;
            }
            return known;
        }

        /** The first field. */
        public String first() {
            int tab = text.indexOf('\t');
            return tab < 0 ? text : text.substring(0, tab);
        }

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
            return fields().get(index);
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

    /**
     * The rows of a table that is a resource of a class.
     *
     * @throws IllegalStateException if the table is missing or malformed
     */
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

    /**
     * The rows of a table that is already open.
     *
     * @param name of the table, for messages
     * @throws IllegalStateException if the table is malformed
     */
    public static List<Row> parse(String name, BufferedReader reader) throws IOException {
        List<Row> rows = new ArrayList<>();
        List<String> columns = List.of();
        int number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            if (line.startsWith("#")) {
                continue;
            }
            if (columns.isEmpty()) {
                columns = split(line);
                continue;
            }
            Row row = new Row(name, number, columns, line);
            int fields = countFields(line);
            if (fields != columns.size()) {
                throw new IllegalStateException(row.place() + ": " + fields + " fields, not " + columns.size());
            }
            rows.add(row);
        }
        return rows;
    }

    private static List<String> split(String line) {
        return Arrays.asList(line.split("\t", -1));
    }

    private static int countFields(String line) {
        int fields = 1;
        for (int tab = line.indexOf('\t'); tab >= 0; tab = line.indexOf('\t', tab + 1)) {
            fields++;
        }
        return fields;
    }

    private TsvTable() {}
}
