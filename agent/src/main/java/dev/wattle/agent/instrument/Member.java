/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

/**
 * A field or method of a framework that woven code reads: cheap, and without effect on anything.
 *
 * @param owner the class that declares it or inherits it, with slashes
 * @param descriptor as in the class file; a method's begins with a parenthesis and takes no arguments but constants
 */
record Member(String owner, String name, String descriptor) {
    boolean isMethod() {
        return descriptor.charAt(0) == '(';
    }

    @Override
    public String toString() {
        return owner.replace('/', '.') + "." + name + (isMethod() ? descriptor : "");
    }
}
