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
 * Reads tables that lie beside classes: tab separated, UTF-8, no quoting, comment lines that begin with {@code #}, then one line
 * of column names. A table that is missing or malformed is a fault of the build, so reading one throws.
 */
public final class TsvTable {

    /**
     * One line of a table; an empty field is a value nobody published. It is taken apart when a field is asked for, since of
     * a long table few lines are. Immutable.
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
