/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import dev.wattle.core.boundary.Boundary;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is inserted at a point of an instrumented method. Immutable. */
sealed interface Advice permits Advice.Mark, Advice.Figures, Advice.AfterCall {

    /** The values it reads. */
    List<ValueExpression> values();

    /** A place in a method. */
    enum Place {
        /** Before its first instruction. */
        ENTRY,
        /** Before each return; not where an exception leaves it. */
        RETURN,
        /** Before each return and where an exception leaves it; the size is then {@link Boundary#FAILED}. */
        EXIT,
        /** After each call that it makes of a certain method. */
        CALL
    }

    /** Where it is inserted. */
    Place place();

    /** Advice after each call of another method. */
    sealed interface AfterCall extends Advice permits MarkAfter, TrueWhenStopped, ReasonWhenStopped, ZeroWhenStopped {

        /** The other method. */
        Member called();

        @Override
        default Place place() {
            return Place.CALL;
        }
    }

    /**
     * Marks a boundary.
     *
     * @param otherwise the boundary to mark instead where {@code condition}, a boolean, is false; null where there is
     *     only one
     */
    record Mark(
            Place place,
            Boundary boundary,
            @Nullable Boundary otherwise,
            @Nullable ValueExpression condition,
            ValueExpression subject,
            ValueExpression size,
            @Nullable ValueExpression value)
            implements Advice {
        Mark(
                Place place,
                Boundary boundary,
                ValueExpression subject,
                ValueExpression size,
                @Nullable ValueExpression value) {
            this(place, boundary, null, null, subject, size, value);
        }

        @Override
        public List<ValueExpression> values() {
            return Stream.of(condition, subject, size, value)
                    .flatMap(Stream::ofNullable)
                    .toList();
        }

        /** The same boundary, without size and value. */
        Mark withoutFigures() {
            return new Mark(
                    place, boundary, otherwise, condition, subject, ValueExpression.constant(Boundary.UNKNOWN), null);
        }

        /** Whether its size or value goes through members of the framework, which can throw. */
        boolean readsFigures() {
            return size.hasPath() || value != null && value.hasPath();
        }
    }

    /** Reports the quality metrics in a map from names to numbers. */
    record Figures(ValueExpression subject, ValueExpression map) implements Advice {
        @Override
        public List<ValueExpression> values() {
            return List.of(subject, map);
        }

        @Override
        public Place place() {
            return Place.RETURN;
        }
    }

    /** Marks a boundary, without size and value, after a call. */
    record MarkAfter(Member called, Boundary boundary, ValueExpression subject) implements AfterCall {
        @Override
        public List<ValueExpression> values() {
            return List.of(subject);
        }
    }

    /** Makes the boolean that a call returns true if training is to stop. */
    record TrueWhenStopped(Member called, ValueExpression subject) implements AfterCall {
        @Override
        public List<ValueExpression> values() {
            return List.of(subject);
        }
    }

    /** Puts the reason of a stop before the string that a call returns, if training was stopped. */
    record ReasonWhenStopped(Member called, ValueExpression subject) implements AfterCall {
        @Override
        public List<ValueExpression> values() {
            return List.of(subject);
        }
    }

    /** Sets an int argument to 0 after a call, if training is to stop. */
    record ZeroWhenStopped(Member called, int argument, ValueExpression subject) implements AfterCall {
        @Override
        public List<ValueExpression> values() {
            return List.of(subject, ValueExpression.argument(argument));
        }
    }
}
