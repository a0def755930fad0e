/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import dev.wattle.core.boundary.Boundary;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is done at a point of a watched method. */
sealed interface Advice permits Advice.Mark, Advice.Figures, Advice.AfterCall {

    /** The values it needs. */
    List<ValueExpression> values();

    /** Where in a method. */
    enum Place {
        /** Before its first instruction. */
        ENTRY,
        /** Before it returns, not where an exception leaves it. */
        RETURN,
        /** Before it returns and where an exception leaves it; then the size is {@link Boundary#FAILED}. */
        EXIT,
        /** After certain calls that it makes. */
        CALL
    }

    /** Where it is done. */
    Place place();

    /** Is done after each call that the method makes of another. */
    sealed interface AfterCall extends Advice permits MarkAfter, TrueWhenStopped, ReasonWhenStopped, ZeroWhenStopped {

        /** The method that is called. */
        Member called();

        @Override
        default Place place() {
            return Place.CALL;
        }
    }

    /**
     * Tells of a boundary.
     *
     * @param otherwise the boundary told of in place of the first where {@code condition}, a boolean, is false; null
     *     where there is only one
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

        /** The same without what has to be asked for. */
        Mark bare() {
            return new Mark(
                    place, boundary, otherwise, condition, subject, ValueExpression.constant(Boundary.UNKNOWN), null);
        }

        boolean isBare() {
            return size.isPlain() && (value == null || value.isPlain());
        }
    }

    /** Tells the figures of merit in a map from names to numbers. */
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

    /** Tells of a boundary after a call; nothing has to be asked for. */
    record MarkAfter(Member called, Boundary boundary, ValueExpression subject) implements AfterCall {
        @Override
        public List<ValueExpression> values() {
            return List.of(subject);
        }
    }

    /** Makes the boolean that a call returns true where training is to stop. */
    record TrueWhenStopped(Member called, ValueExpression subject) implements AfterCall {
        @Override
        public List<ValueExpression> values() {
            return List.of(subject);
        }
    }

    /** Has the string that a call returns say why, where training was stopped. */
    record ReasonWhenStopped(Member called, ValueExpression subject) implements AfterCall {
        @Override
        public List<ValueExpression> values() {
            return List.of(subject);
        }
    }

    /** Sets an int argument to 0 after a call, where training is to stop. */
    record ZeroWhenStopped(Member called, int argument, ValueExpression subject) implements AfterCall {
        @Override
        public List<ValueExpression> values() {
            return List.of(subject, ValueExpression.argument(argument));
        }
    }
}
