/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.boundary;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The numbers under which names of figures of merit go through the {@link BoundaryQueue}: the size of a
 * {@link Boundary#METRIC}.
 *
 * <p>Thread-safe. At most {@value #CAPACITY} names; the figures of further ones come out as one, {@code (other)}.
 */
public final class MetricNames {

    /** More than any program has, and few enough for every report. */
    public static final int CAPACITY = 64;

    private static final int LONGEST = 100;
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cs}]");
    private static final String UNNAMED = "unnamed";

    private final NameTable table = new NameTable(CAPACITY);

    /** The number of a name, the same each time. No name is {@code unnamed}; a long one is cut, and what cannot be printed is left out. */
    public int numberOf(@Nullable String name) {
        if (name == null) {
            return table.numberOf(UNNAMED);
        }
        // Cut first: it is the program's thread that has to go through it.
        String shorter = name.length() > LONGEST ? name.substring(0, LONGEST) : name;
        String printable = UNPRINTABLE.matcher(shorter).replaceAll("");
        return table.numberOf(printable.isBlank() ? UNNAMED : printable);
    }

    /** The name of a number; {@code (other)} for one that was not given. */
    public String nameOf(long number) {
        return table.nameOf(number);
    }
}
