/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.boundary;

/**
 * The subjects under which trainings that tell of themselves go through the {@link BoundaryQueue}.
 *
 * <p>Subjects are negative, as no identity hash is, so that none is taken for a model of a framework. Thread-safe. At most
 * {@value #CAPACITY} names; further ones are one training, {@code (other)}.
 */
public final class TrainingNames {

    /** More than anybody reads a report of. */
    public static final int CAPACITY = 1_000;

    private final NameTable table = new NameTable(CAPACITY);

    /** The subject of a training of that name, the same each time. */
    public int subjectOf(String name) {
        return -1 - table.numberOf(name);
    }

    /** What the training with that subject is called; {@code (other)} for a subject that was not given. */
    public String nameOf(int subject) {
        return table.nameOf(-1L - subject);
    }
}
