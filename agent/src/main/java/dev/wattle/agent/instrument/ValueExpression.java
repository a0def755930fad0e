/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import java.util.ArrayList;
import java.util.List;

/**
 * What a call to the bridge passes on: where it starts in the watched method, and the members to go through from there.
 *
 * <p>Whatever getting at it throws is dropped; the call is made without it. Immutable.
 *
 * @param start where it starts
 * @param number of the argument, from 0, or the constant
 * @param path fields and methods from there, in order
 * @param finish what is made of what the path ends at
 */
record ValueExpression(Start start, long number, List<Member> path, Finish finish) {

    /** Where a value starts. */
    enum Start {
        THIS,
        ARGUMENT,
        RESULT,
        CONSTANT
    }

    /** What is made of a value in the end. */
    enum Finish {
        AS_IT_IS,
        /** NaN in place of 0. */
        ZERO_IS_UNKNOWN
    }

    /** The object whose method it is. */
    static final ValueExpression THIS = new ValueExpression(Start.THIS, 0, List.of(), Finish.AS_IT_IS);

    /** What the method returns; known only where it returns. */
    static final ValueExpression RESULT = new ValueExpression(Start.RESULT, 0, List.of(), Finish.AS_IT_IS);

    /** An argument of the method, the first being 0. */
    static ValueExpression argument(int index) {
        return new ValueExpression(Start.ARGUMENT, index, List.of(), Finish.AS_IT_IS);
    }

    static ValueExpression constant(long number) {
        return new ValueExpression(Start.CONSTANT, number, List.of(), Finish.AS_IT_IS);
    }

    /** A field of this value. */
    ValueExpression field(String owner, String name, String descriptor) {
        return then(new Member(owner, name, descriptor));
    }

    /** What a method of this value returns that takes no argument. */
    ValueExpression call(String owner, String name, String returned) {
        return then(new Member(owner, name, "()" + returned));
    }

    /** What a method of this value returns for the argument 0, such as the first of many or a first dimension. */
    ValueExpression callWithZero(String owner, String name, String returned) {
        return then(new Member(owner, name, "(I)" + returned));
    }

    /** What a method of this value returns for an argument of the woven method. */
    ValueExpression callWith(int argument, String owner, String name, String descriptor) {
        return then(new Member(owner, name, descriptor, argument));
    }

    /** The same double, where a framework says 0 for one that it did not compute. */
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

    boolean isPlain() {
        return path.isEmpty();
    }
}
