/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

/**
 * A field or method of a framework that woven code reads: cheap, and without effect on anything.
 *
 * @param owner the class that declares it or inherits it, with slashes
 * @param descriptor as in the class file; a method's begins with a parenthesis and takes one argument at most
 * @param argument which argument of the woven method it is called with, {@link #ZERO} for the number 0
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
