/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import dev.wattle.agent.instrument.Advice.Mark;
import dev.wattle.agent.instrument.Advice.Place;
import dev.wattle.core.boundary.Boundary;
import dev.wattle.core.boundary.Framework;
import java.util.ArrayList;
import java.util.List;

/**
 * The points of one framework, written down class by class:
 *
 * <pre>{@code
 * new InstrumentationPoints(Framework.DL4J)
 *         .in("org/deeplearning4j/optimize/Solver")
 *         .returnOf("optimize", "()V", Boundary.ITERATION, THIS, UNKNOWN)
 *         .all();
 * }</pre>
 *
 * <p>Not thread-safe; {@link #all()} ends it.
 */
final class InstrumentationPoints {
    static final ValueExpression UNKNOWN = ValueExpression.constant(Boundary.UNKNOWN);

    private final Framework framework;
    private final List<TrainingPoint> points = new ArrayList<>();
    private String className = "";

    InstrumentationPoints(Framework framework) {
        this.framework = framework;
    }

    /** What follows is about that class, named with slashes. */
    InstrumentationPoints in(String internalName) {
        className = internalName.replace('/', '.');
        return this;
    }

    /** A begin where the method is entered, and its end wherever it is left. */
    InstrumentationPoints around(
            String method,
            String descriptor,
            Boundary begin,
            Boundary end,
            ValueExpression subject,
            ValueExpression size) {
        add(method, descriptor, new Mark(Place.ENTRY, begin, subject, size, null));
        return add(method, descriptor, new Mark(Place.EXIT, end, subject, UNKNOWN, null));
    }

    /** One of two pairs of begin and end around a method. */
    InstrumentationPoints around(
            String method,
            String descriptor,
            ValueExpression condition,
            Boundary beginWhenTrue,
            Boundary endWhenTrue,
            Boundary begin,
            Boundary end,
            ValueExpression subject) {
        add(method, descriptor, new Mark(Place.ENTRY, beginWhenTrue, begin, condition, subject, UNKNOWN, null));
        return add(method, descriptor, new Mark(Place.EXIT, endWhenTrue, end, condition, subject, UNKNOWN, null));
    }

    /** The same, with a value for the begin. */
    InstrumentationPoints around(
            String method,
            String descriptor,
            Boundary begin,
            Boundary end,
            ValueExpression subject,
            ValueExpression size,
            ValueExpression value) {
        add(method, descriptor, new Mark(Place.ENTRY, begin, subject, size, value));
        return add(method, descriptor, new Mark(Place.EXIT, end, subject, UNKNOWN, null));
    }

    /** A boundary where the method is entered. */
    InstrumentationPoints entryOf(
            String method, String descriptor, Boundary boundary, ValueExpression subject, ValueExpression size) {
        return add(method, descriptor, new Mark(Place.ENTRY, boundary, subject, size, null));
    }

    /** One of two boundaries where the method is entered. */
    InstrumentationPoints entryOf(
            String method,
            String descriptor,
            ValueExpression condition,
            Boundary whenTrue,
            Boundary whenFalse,
            ValueExpression subject) {
        return add(method, descriptor, new Mark(Place.ENTRY, whenTrue, whenFalse, condition, subject, UNKNOWN, null));
    }

    /** A boundary where the method returns. */
    InstrumentationPoints returnOf(
            String method, String descriptor, Boundary boundary, ValueExpression subject, ValueExpression size) {
        return add(method, descriptor, new Mark(Place.RETURN, boundary, subject, size, null));
    }

    /** A boundary with a value where the method returns. */
    InstrumentationPoints returnOf(
            String method,
            String descriptor,
            Boundary boundary,
            ValueExpression subject,
            ValueExpression size,
            ValueExpression value) {
        return add(method, descriptor, new Mark(Place.RETURN, boundary, subject, size, value));
    }

    /** Anything else. */
    InstrumentationPoints add(String method, String descriptor, Advice action) {
        points.add(new TrainingPoint(framework, className, method, descriptor, action));
        return this;
    }

    List<TrainingPoint> all() {
        return List.copyOf(points);
    }
}
