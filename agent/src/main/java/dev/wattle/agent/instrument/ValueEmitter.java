/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * The instructions that get at a value in one method, and whether it can be got at there. For one weaving, on one thread.
 */
final class ValueEmitter {
    private static final Type OBJECT = Type.getObjectType("java/lang/Object");

    private final MethodAnalysis shape;
    private final ClassFileLocator files;

    ValueEmitter(MethodAnalysis shape, ClassFileLocator files) {
        this.shape = shape;
        this.files = files;
    }

    /** What keeps the value from being had, for a line to the user; empty where nothing does. */
    String obstacle(ValueExpression value, Advice.Place place) {
        for (Member member : value.path()) {
            if (!files.has(member)) {
                return "no " + member;
            }
            if (member.argument() != Member.ZERO && !hasArgument(member.argument(), place)) {
                return noArgument(member.argument());
            }
        }
        boolean later = place != Advice.Place.ENTRY;
        return switch (value.start()) {
            case CONSTANT -> "";
            case THIS -> shape.isStatic() || later && !shape.keeps(0) ? shape.name + " no longer has its object" : "";
            case ARGUMENT -> hasArgument((int) value.number(), place) ? "" : noArgument((int) value.number());
            case RESULT ->
                shape.returnType() == Type.VOID_TYPE || place != Advice.Place.RETURN
                        ? shape.name + " returns nothing"
                        : "";
        };
    }

    private boolean hasArgument(int index, Advice.Place place) {
        return shape.hasArgument(index) && (place == Advice.Place.ENTRY || shape.keeps(shape.slotOf(index)));
    }

    private String noArgument(int index) {
        return shape.name + " no longer has its argument " + index;
    }

    /** Pushes a reference. */
    void pushObject(MethodVisitor code, ValueExpression value) {
        push(code, value);
    }

    /** Pushes a number as an int: an int, or a boolean as 0 or 1. */
    void pushInt(MethodVisitor code, ValueExpression value) {
        push(code, value);
    }

    void pushLong(MethodVisitor code, ValueExpression value) {
        if (value.start() == ValueExpression.Start.CONSTANT) {
            code.visitLdcInsn(value.number());
            return;
        }
        Type type = push(code, value);
        switch (type.getSort()) {
            case Type.LONG -> {}
            case Type.FLOAT -> code.visitInsn(Opcodes.F2L);
            case Type.DOUBLE -> code.visitInsn(Opcodes.D2L);
            default -> code.visitInsn(Opcodes.I2L);
        }
    }

    void pushDouble(MethodVisitor code, ValueExpression value) {
        Type type = push(code, value);
        switch (type.getSort()) {
            case Type.LONG -> code.visitInsn(Opcodes.L2D);
            case Type.FLOAT -> code.visitInsn(Opcodes.F2D);
            case Type.DOUBLE -> {}
            default -> code.visitInsn(Opcodes.I2D);
        }
        if (value.finish() == ValueExpression.Finish.ZERO_IS_UNKNOWN) {
            // x / x * x is x, but for 0.
            code.visitInsn(Opcodes.DUP2);
            code.visitInsn(Opcodes.DUP2);
            code.visitInsn(Opcodes.DDIV);
            code.visitInsn(Opcodes.DMUL);
        }
    }

    static void pushConstant(MethodVisitor code, int number) {
        code.visitLdcInsn(number);
    }

    private Type push(MethodVisitor code, ValueExpression value) {
        Type type = pushStart(code, value);
        for (Member member : value.path()) {
            type = step(code, member);
        }
        return type;
    }

    private Type pushStart(MethodVisitor code, ValueExpression value) {
        switch (value.start()) {
            case THIS -> {
                code.visitVarInsn(Opcodes.ALOAD, 0);
                return OBJECT;
            }
            case ARGUMENT -> {
                return pushArgument(code, (int) value.number());
            }
            case RESULT -> {
                Type type = shape.returnType();
                code.visitVarInsn(type.getOpcode(Opcodes.ILOAD), shape.freeSlot());
                return type;
            }
            default -> throw new IllegalStateException("a constant is no object");
        }
    }

    private Type pushArgument(MethodVisitor code, int index) {
        Type type = shape.argument(index);
        code.visitVarInsn(type.getOpcode(Opcodes.ILOAD), shape.slotOf(index));
        return type;
    }

    private Type step(MethodVisitor code, Member member) {
        if (!member.isMethod()) {
            code.visitFieldInsn(Opcodes.GETFIELD, member.owner(), member.name(), member.descriptor());
            return Type.getType(member.descriptor());
        }
        if (member.argument() != Member.ZERO) {
            pushArgument(code, member.argument());
        } else if (Type.getArgumentTypes(member.descriptor()).length > 0) {
            code.visitInsn(Opcodes.ICONST_0);
        }
        boolean isInterface = files.isInterface(member.owner());
        code.visitMethodInsn(
                isInterface ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL,
                member.owner(),
                member.name(),
                member.descriptor(),
                isInterface);
        return Type.getReturnType(member.descriptor());
    }
}
