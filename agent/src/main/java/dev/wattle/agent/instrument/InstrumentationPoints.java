/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import dev.wattle.agent.instrument.Advice.Mark;
import dev.wattle.agent.instrument.Advice.Place;
import dev.wattle.core.boundary.Boundary;
import dev.wattle.core.boundary.Framework;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds the list of a framework's points, class by class:
 *
 * <pre>{@code
 * new InstrumentationPoints(Framework.DL4J)
 *         .in("org/deeplearning4j/optimize/Solver")
 *         .returnOf("optimize", "()V", Boundary.ITERATION, THIS, UNKNOWN)
 *         .all();
 * }</pre>
 *
 * <p>Not thread-safe.
 */
final class InstrumentationPoints {
    static final ValueExpression UNKNOWN = ValueExpression.constant(Boundary.UNKNOWN);

    private final Framework framework;
    private final List<TrainingPoint> points = new ArrayList<>();
    private String className = "";

    InstrumentationPoints(Framework framework) {
        this.framework = framework;
    }

    /** Sets the class of the points that follow, named with slashes. */
    InstrumentationPoints in(String internalName) {
        className = internalName.replace('/', '.');
        return this;
    }

    /** Marks a start where the method is entered, and its end where it returns or throws. */
    InstrumentationPoints around(
            String method,
            String descriptor,
            Boundary start,
            Boundary end,
            ValueExpression subject,
            ValueExpression size) {
        return around(method, descriptor, start, end, subject, size, null);
    }

    /** Marks one of two pairs of start and end around a method. */
    InstrumentationPoints around(
            String method,
            String descriptor,
            ValueExpression condition,
            Boundary startWhenTrue,
            Boundary endWhenTrue,
            Boundary start,
            Boundary end,
            ValueExpression subject) {
        add(method, descriptor, new Mark(Place.ENTRY, startWhenTrue, start, condition, subject, UNKNOWN, null));
        return add(method, descriptor, new Mark(Place.EXIT, endWhenTrue, end, condition, subject, UNKNOWN, null));
    }

    /** The same, with a value for the start. */
    InstrumentationPoints around(
            String method,
            String descriptor,
            Boundary start,
            Boundary end,
            ValueExpression subject,
            ValueExpression size,
            @Nullable ValueExpression value) {
        add(method, descriptor, new Mark(Place.ENTRY, start, subject, size, value));
        return add(method, descriptor, new Mark(Place.EXIT, end, subject, UNKNOWN, null));
    }

    /** Marks a boundary where the method is entered. */
    InstrumentationPoints entryOf(
            String method, String descriptor, Boundary boundary, ValueExpression subject, ValueExpression size) {
        return add(method, descriptor, new Mark(Place.ENTRY, boundary, subject, size, null));
    }

    /** Marks one of two boundaries where the method is entered. */
    InstrumentationPoints entryOf(
            String method,
            String descriptor,
            ValueExpression condition,
            Boundary whenTrue,
            Boundary whenFalse,
            ValueExpression subject) {
        return add(method, descriptor, new Mark(Place.ENTRY, whenTrue, whenFalse, condition, subject, UNKNOWN, null));
    }

    /** Marks a boundary where the method returns. */
    InstrumentationPoints returnOf(
            String method, String descriptor, Boundary boundary, ValueExpression subject, ValueExpression size) {
        return returnOf(method, descriptor, boundary, subject, size, null);
    }

    /** Marks a boundary with a value where the method returns. */
    InstrumentationPoints returnOf(
            String method,
            String descriptor,
            Boundary boundary,
            ValueExpression subject,
            ValueExpression size,
            @Nullable ValueExpression value) {
        return add(method, descriptor, new Mark(Place.RETURN, boundary, subject, size, value));
    }

    /** Adds any other advice. */
    InstrumentationPoints add(String method, String descriptor, Advice advice) {
        points.add(new TrainingPoint(framework, className, method, descriptor, advice));
        return this;
    }

    /** A run of so many epochs around a method. */
    InstrumentationPoints run(String method, String descriptor, ValueExpression subject, ValueExpression epochs) {
        return around(method, descriptor, Boundary.RUN_START, Boundary.RUN_END, subject, epochs);
    }

    /** An epoch around a method. */
    InstrumentationPoints epoch(String method, String descriptor, ValueExpression subject) {
        return around(method, descriptor, Boundary.EPOCH_START, Boundary.EPOCH_END, subject, UNKNOWN);
    }

    /** A validation around a method. */
    InstrumentationPoints validation(String method, String descriptor, ValueExpression subject) {
        return around(method, descriptor, Boundary.VALIDATION_START, Boundary.VALIDATION_END, subject, UNKNOWN);
    }

    /** An inference around a method. */
    InstrumentationPoints inference(String method, String descriptor, ValueExpression subject) {
        return around(method, descriptor, Boundary.INFERENCE_START, Boundary.INFERENCE_END, subject, UNKNOWN);
    }

    List<TrainingPoint> all() {
        return List.copyOf(points);
    }
}
