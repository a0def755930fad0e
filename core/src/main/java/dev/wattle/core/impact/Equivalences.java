/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.impact;

import dev.wattle.core.file.TsvTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The things of this package's table, as measures of a mass of CO2e. Immutable and thread-safe.
 *
 * <p>Some of the things are <em>pictures</em>, with sizes so far apart that for any mass from 1 mg on one of them fits about 1 to
 * 200 times. The others are for lists.
 */
public final class Equivalences {

    /** A mass below has no equivalence that one can picture. */
    private static final double MIN_GRAMS = 0.001;

    /** Fewer or more of a thing mean nothing to a reader. */
    private static final double MIN_COUNT = 0.01;

    private static final double MAX_COUNT = 100_000;

    private final List<TsvTable.Row> rows;

    Equivalences(List<TsvTable.Row> rows) {
        this.rows = rows;
    }

    /** The things of Wattle's own table. */
    public static Equivalences bundled() {
        return Bundled.EQUIVALENCES;
    }

    /**
     * The largest picture that fits at least once.
     *
     * @return empty below 1 mg, and for a mass that is not finite
     */
    public Optional<Equivalence> closest(double gramsCo2e) {
        if (!(gramsCo2e >= MIN_GRAMS && Double.isFinite(gramsCo2e))) {
            return Optional.empty();
        }
        TsvTable.Row closest = null;
        for (TsvTable.Row row : rows) {
            if (row.text("use").equals("picture") && gramsPerThing(row) <= gramsCo2e) {
                closest = row;
            }
        }
        return closest == null ? Optional.empty() : Optional.of(of(closest, gramsCo2e));
    }

    /** Every thing of which there are from 0.01 to 100,000, smallest thing first; none for a mass that is not positive. */
    public List<Equivalence> all(double gramsCo2e) {
        List<Equivalence> all = new ArrayList<>();
        for (TsvTable.Row row : rows) {
            double count = gramsCo2e / gramsPerThing(row);
            if (count >= MIN_COUNT && count <= MAX_COUNT) {
                all.add(of(row, gramsCo2e));
            }
        }
        return List.copyOf(all);
    }

    private static Equivalence of(TsvTable.Row row, double gramsCo2e) {
        double count = gramsCo2e / gramsPerThing(row);
        boolean one = Equivalence.countText(count).equals("1");
        return new Equivalence(
                row.first(),
                count,
                row.text(one ? "singular" : "plural"),
                gramsPerThing(row),
                row.whole("year"),
                row.text("source"));
    }

    private static double gramsPerThing(TsvTable.Row row) {
        return row.number("grams_co2e") / row.number("parts");
    }

    private static final class Bundled {
        static final Equivalences EQUIVALENCES =
                new Equivalences(TsvTable.load(Equivalences.class, "equivalences.tsv"));
    }
}
