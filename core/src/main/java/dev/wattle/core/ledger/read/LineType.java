/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.read;

import java.io.IOException;

/** Finds the type of a line, which is its first field unless another program has sorted the fields. */
final class LineType {

    private static final String FIRST = "{\"type\":\"";

    private LineType() {}

    /** The value of the field {@code type}; empty where there is none. Only {@link #check} reads the whole line. */
    static String of(String line) throws IOException {
        if (line.startsWith(FIRST)) {
            int end = line.indexOf('"', FIRST.length());
            if (end > 0) {
                return line.substring(FIRST.length(), end);
            }
        }
        return check(line);
    }

    /** The same, of a line that is one object. */
    static String check(String line) throws IOException {
        String[] type = {""};
        JsonFields.ofLine(line, (name, in) -> {
            if (name.equals("type")) {
                type[0] = JsonFields.text(in);
            } else {
                in.skipValue();
            }
        });
        return type[0];
    }
}
