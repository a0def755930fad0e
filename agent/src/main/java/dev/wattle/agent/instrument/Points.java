/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import dev.wattle.agent.instrument.Action.Mark;
import dev.wattle.agent.instrument.Action.Place;
import dev.wattle.core.training.Boundary;
import dev.wattle.core.training.Framework;
import java.util.ArrayList;
import java.util.List;

/**
 * The points of one framework, written down class by class:
 *
 * <pre>{@code
 * new Points(Framework.DL4J)
 *         .in("org/deeplearning4j/optimize/Solver")
 *         .returnOf("optimize", "()V", Boundary.ITERATION, THIS, UNKNOWN)
 *         .all();
 * }</pre>
 *
 * <p>Not thread-safe; {@link #all()} ends it.
 */
final class Points {
    static final Value UNKNOWN = Value.constant(Boundary.UNKNOWN);

    private final Framework framework;
    private final List<TrainingPoint> points = new ArrayList<>();
    private String className = "";

    Points(Framework framework) {
        this.framework = framework;
    }

    /** What follows is about that class, named with slashes. */
    Points in(String internalName) {
        className = internalName.replace('/', '.');
        return this;
    }

    /** A begin where the method is entered, and its end wherever it is left. */
    Points around(String method, String descriptor, Boundary begin, Boundary end, Value subject, Value size) {
        add(method, descriptor, new Mark(Place.ENTRY, begin, subject, size, null));
        return add(method, descriptor, new Mark(Place.EXIT, end, subject, UNKNOWN, null));
    }

    /** One of two pairs of begin and end around a method. */
    Points around(
            String method,
            String descriptor,
            Value condition,
            Boundary beginWhenTrue,
            Boundary endWhenTrue,
            Boundary begin,
            Boundary end,
            Value subject) {
        add(method, descriptor, new Mark(Place.ENTRY, beginWhenTrue, begin, condition, subject, UNKNOWN, null));
        return add(method, descriptor, new Mark(Place.EXIT, endWhenTrue, end, condition, subject, UNKNOWN, null));
    }

    /** The same, with a value for the begin. */
    Points around(
            String method, String descriptor, Boundary begin, Boundary end, Value subject, Value size, Value value) {
        add(method, descriptor, new Mark(Place.ENTRY, begin, subject, size, value));
        return add(method, descriptor, new Mark(Place.EXIT, end, subject, UNKNOWN, null));
    }

    /** A boundary where the method is entered. */
    Points entryOf(String method, String descriptor, Boundary boundary, Value subject, Value size) {
        return add(method, descriptor, new Mark(Place.ENTRY, boundary, subject, size, null));
    }

    /** One of two boundaries where the method is entered. */
    Points entryOf(
            String method, String descriptor, Value condition, Boundary whenTrue, Boundary whenFalse, Value subject) {
        return add(method, descriptor, new Mark(Place.ENTRY, whenTrue, whenFalse, condition, subject, UNKNOWN, null));
    }

    /** A boundary where the method returns. */
    Points returnOf(String method, String descriptor, Boundary boundary, Value subject, Value size) {
        return add(method, descriptor, new Mark(Place.RETURN, boundary, subject, size, null));
    }

    /** A boundary with a value where the method returns. */
    Points returnOf(String method, String descriptor, Boundary boundary, Value subject, Value size, Value value) {
        return add(method, descriptor, new Mark(Place.RETURN, boundary, subject, size, value));
    }

    /** Anything else. */
    Points add(String method, String descriptor, Action action) {
        points.add(new TrainingPoint(framework, className, method, descriptor, action));
        return this;
    }

    List<TrainingPoint> all() {
        return List.copyOf(points);
    }
}
