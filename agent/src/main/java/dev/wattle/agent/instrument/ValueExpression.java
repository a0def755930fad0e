/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import java.util.ArrayList;
import java.util.List;

/**
 * A value that a call of the bridge passes: a start in the instrumented method, and a path of members from there.
 *
 * <p>An exception on the path is dropped, and the call is made without the value. Immutable.
 *
 * @param start where the path starts
 * @param number the index of the argument, from 0, or the constant
 * @param path fields and methods, in order
 * @param finish how the value at the end of the path is converted
 */
record ValueExpression(Start start, long number, List<Member> path, Finish finish) {

    /** Where a path starts. */
    enum Start {
        THIS,
        ARGUMENT,
        RESULT,
        CONSTANT
    }

    /** How the value at the end of a path is converted. */
    enum Finish {
        NONE,
        /** 0 becomes NaN. */
        ZERO_IS_UNKNOWN
    }

    /** The object whose method is instrumented. */
    static final ValueExpression THIS = new ValueExpression(Start.THIS, 0, List.of(), Finish.NONE);

    /** What the method returns; exists only where it returns. */
    static final ValueExpression RESULT = new ValueExpression(Start.RESULT, 0, List.of(), Finish.NONE);

    /** An argument of the method; the first has index 0. */
    static ValueExpression argument(int index) {
        return new ValueExpression(Start.ARGUMENT, index, List.of(), Finish.NONE);
    }

    static ValueExpression constant(long number) {
        return new ValueExpression(Start.CONSTANT, number, List.of(), Finish.NONE);
    }

    /** A field of this value. */
    ValueExpression field(String owner, String name, String descriptor) {
        return then(new Member(owner, name, descriptor));
    }

    /** The result of a method of this value, called without arguments. */
    ValueExpression call(String owner, String name, String returned) {
        return then(new Member(owner, name, "()" + returned));
    }

    /** The result of a method of this value, called with 0: the first of many, or a first dimension. */
    ValueExpression callWithZero(String owner, String name, String returned) {
        return then(new Member(owner, name, "(I)" + returned));
    }

    /** The result of a method of this value, called with an argument of the instrumented method. */
    ValueExpression callWith(int argument, String owner, String name, String descriptor) {
        return then(new Member(owner, name, descriptor, argument));
    }

    /** The same double, for a framework that returns 0 where it computed none. */
    ValueExpression zeroIsUnknown() {
        return new ValueExpression(start, number, path, Finish.ZERO_IS_UNKNOWN);
    }

    private ValueExpression then(Member member) {
        List<Member> longer = new ArrayList<>(path);
        longer.add(member);
        return new ValueExpression(start, number, List.copyOf(longer), finish);
    }

    ValueExpression in(PackageMove move) {
        return new ValueExpression(start, number, path.stream().map(move::of).toList(), finish);
    }

    boolean hasPath() {
        return !path.isEmpty();
    }
}
