/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * A method's owner, name and types, and the slots of its arguments. Slots count as the class file counts them: a long or
 * a double takes two.
 *
 * @param owner the declaring class, with slashes
 * @param descriptor as in the class file
 */
record MethodSignature(String owner, String name, String descriptor, boolean isStatic) {

    Type[] arguments() {
        return Type.getArgumentTypes(descriptor);
    }

    boolean hasArgument(int index) {
        return index < arguments().length;
    }

    Type argument(int index) {
        return arguments()[index];
    }

    Type returnType() {
        return Type.getReturnType(descriptor);
    }

    /** The slot of an argument; for the number of arguments, the first slot after them. */
    int slotOf(int argument) {
        Type[] arguments = arguments();
        int slot = isStatic ? 0 : 1;
        for (int i = 0; i < argument; i++) {
            slot += arguments[i].getSize();
        }
        return slot;
    }

    /** How a frame of the class file names the type. */
    static Object frameType(Type type) {
        return switch (type.getSort()) {
            case Type.BOOLEAN, Type.BYTE, Type.CHAR, Type.SHORT, Type.INT -> Opcodes.INTEGER;
            case Type.LONG -> Opcodes.LONG;
            case Type.FLOAT -> Opcodes.FLOAT;
            case Type.DOUBLE -> Opcodes.DOUBLE;
            default -> type.getInternalName();
        };
    }
}
