/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.boundary;

/**
 * Subjects for the names of the program's trainings, so that they can go through the {@link BoundaryQueue}.
 *
 * <p>Subjects are negative, and identity hashes are not, so that none is taken for a model of a framework. Thread-safe. At most
 * {@value #CAPACITY} names; further ones are one training, {@code (other)}.
 */
public final class TrainingNames {

    /** More than a report can show. */
    public static final int CAPACITY = 1_000;

    private final NameTable table = new NameTable(CAPACITY);

    /** The subject of a training of that name, the same each time. */
    public int subjectOf(String name) {
        return -1 - table.numberOf(name);
    }

    /** The name of the training with that subject; {@code (other)} for a subject that was not given. */
    public String nameOf(int subject) {
        return table.nameOf(-1L - subject);
    }
}
