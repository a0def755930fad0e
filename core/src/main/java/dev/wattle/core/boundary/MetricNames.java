/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.boundary;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Numbers for the names of metrics, so that they can go through the {@link BoundaryQueue}: the size of a
 * {@link Boundary#METRIC}.
 *
 * <p>Thread-safe. At most {@value #CAPACITY} names; the figures of further ones become one, {@code (other)}.
 */
public final class MetricNames {

    /** More than programs use, and few enough for every report. */
    public static final int CAPACITY = 64;

    private static final int MAX_LENGTH = 100;
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cs}]");
    private static final String UNNAMED = "unnamed";

    private final NameTable table = new NameTable(CAPACITY);

    /** The number of a name, the same each time. Null and blank are {@code unnamed}; a long name is cut, and unprintable characters are removed. */
    public int numberOf(@Nullable String name) {
        if (name == null) {
            return table.numberOf(UNNAMED);
        }
        // Cut first: this runs on the program's thread.
        String shorter = name.length() > MAX_LENGTH ? name.substring(0, MAX_LENGTH) : name;
        String printable = UNPRINTABLE.matcher(shorter).replaceAll("");
        return table.numberOf(printable.isBlank() ? UNNAMED : printable);
    }

    /** The name of a number; {@code (other)} for one that was not given. */
    public String nameOf(long number) {
        return table.nameOf(number);
    }
}
