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
 * @param identity whether the identity hash of what the path ends at is meant
 */
record Value(Start start, long number, List<Member> path, boolean identity) {

    /** Where a value starts. */
    enum Start {
        THIS,
        ARGUMENT,
        RESULT,
        CONSTANT
    }

    /** The object whose method it is. */
    static final Value THIS = new Value(Start.THIS, 0, List.of(), false);

    /** What the method returns; known only where it returns. */
    static final Value RESULT = new Value(Start.RESULT, 0, List.of(), false);

    /** An argument of the method, the first being 0. */
    static Value argument(int index) {
        return new Value(Start.ARGUMENT, index, List.of(), false);
    }

    static Value constant(long number) {
        return new Value(Start.CONSTANT, number, List.of(), false);
    }

    /** A field of this value. */
    Value field(String owner, String name, String descriptor) {
        return then(new Member(owner, name, descriptor));
    }

    /** What a method of this value returns that takes no argument. */
    Value call(String owner, String name, String returned) {
        return then(new Member(owner, name, "()" + returned));
    }

    /** What a method of this value returns for the argument 0, such as the first of many or a first dimension. */
    Value callWithZero(String owner, String name, String returned) {
        return then(new Member(owner, name, "(I)" + returned));
    }

    /** Its identity hash, as a number. */
    Value hash() {
        return new Value(start, number, path, true);
    }

    private Value then(Member member) {
        List<Member> longer = new ArrayList<>(path);
        longer.add(member);
        return new Value(start, number, List.copyOf(longer), identity);
    }

    boolean isPlain() {
        return path.isEmpty();
    }
}
