/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.model;

import dev.wattle.core.file.TsvTable;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds a product in a table by the name that its driver or kernel reports.
 *
 * <p>Vendors write product names in several ways: {@code Intel(R) Xeon(R) Platinum 8480+}, {@code INTEL(R) XEON(R) PLATINUM
 * 8568Y+}. So letter case and trade marks are ignored, and whole words are compared.
 */
final class ProductNames {
    private ProductNames() {}

    /**
     * The row whose {@code token} the name holds; of several the longest, since "E5-2650 v4" is no "E5-2650" and
     * "Apple M1 Max" no "Apple M1".
     *
     * @param rest what may follow the token, as a regular expression
     */
    static Optional<TsvTable.Row> find(List<TsvTable.Row> rows, String name, String rest) {
        String plain = name.toLowerCase(Locale.ROOT).replace("(r)", "").replace("(tm)", "");
        return rows.stream()
                .filter(row -> holds(plain, row.text("token").toLowerCase(Locale.ROOT), rest))
                .max(Comparator.comparingInt(row -> row.text("token").length()));
    }

    private static boolean holds(String name, String token, String rest) {
        return name.contains(token)
                && Pattern.compile("(?<![\\w-])" + Pattern.quote(token) + rest)
                        .matcher(name)
                        .find();
    }
}
