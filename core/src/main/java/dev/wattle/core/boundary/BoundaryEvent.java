/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.boundary;

/**
 * One boundary out of the {@link BoundaryQueue}. Reused for the next one, so that taking one allocates nothing. For the thread
 * that owns it.
 */
public final class BoundaryEvent {
    int event;
    int subject;
    long thread;
    long nanos;
    long size;
    double value;
    long losses;

    /** Which boundary in which framework: a number of {@link Boundary#eventOf}. */
    public int event() {
        return event;
    }

    /** What it is about: the identity hash of a model or trainer, or a number of {@link TrainingNames}. */
    public int subject() {
        return subject;
    }

    /** The id of the thread it happened on. */
    public long thread() {
        return thread;
    }

    /** When it happened, on {@link System#nanoTime()}. */
    public long nanos() {
        return nanos;
    }

    /** Its size, with the meaning that its {@link Boundary} gives. */
    public long size() {
        return size;
    }

    /** Its value, with the meaning that its {@link Boundary} gives. */
    public double value() {
        return value;
    }

    /** How many boundaries its thread, and those that share its counter, had lost by then; see {@link BoundaryQueue#losses}. */
    public long losses() {
        return losses;
    }

    /** Sets all fields; the value becomes NaN. */
    public void set(int newEvent, int newSubject, long newThread, long newNanos, long newSize, long newLosses) {
        event = newEvent;
        subject = newSubject;
        thread = newThread;
        nanos = newNanos;
        size = newSize;
        value = Double.NaN;
        losses = newLosses;
    }
}
