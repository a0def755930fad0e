/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

/**
 * A field or method of a framework that inserted code reads. Reading it must be cheap and have no side effect.
 *
 * @param owner the class that declares it or inherits it, with slashes
 * @param descriptor as in the class file; a method's starts with a parenthesis and takes at most one argument
 * @param argument the index of the argument of the instrumented method that it is called with; {@link #ZERO} calls it with 0
 */
record Member(String owner, String name, String descriptor, int argument) {
    static final int ZERO = -1;

    Member(String owner, String name, String descriptor) {
        this(owner, name, descriptor, ZERO);
    }

    Member in(PackageMove move) {
        return new Member(move.of(owner), name, move.of(descriptor), argument);
    }

    boolean isMethod() {
        return descriptor.charAt(0) == '(';
    }

    @Override
    public String toString() {
        return owner.replace('/', '.') + "." + name + (isMethod() ? descriptor : "");
    }
}
