/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Emits the instructions that read a value in one method, and checks that it can be read there. For one thread.
 */
final class ValueEmitter {
    private static final Type OBJECT = Type.getObjectType("java/lang/Object");

    private final MethodAnalysis method;
    private final MethodSignature signature;
    private final ClassFileLocator files;

    ValueEmitter(MethodAnalysis method, ClassFileLocator files) {
        this.method = method;
        this.signature = method.signature();
        this.files = files;
    }

    /** Why the value cannot be read at that place, in words for the user; empty where it can. */
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
            case THIS ->
                signature.isStatic() || later && !method.keeps(0) ? signature.name() + " no longer has its object" : "";
            case ARGUMENT -> hasArgument((int) value.number(), place) ? "" : noArgument((int) value.number());
            case RESULT ->
                signature.returnType() == Type.VOID_TYPE || place != Advice.Place.RETURN
                        ? signature.name() + " returns nothing"
                        : "";
        };
    }

    private boolean hasArgument(int index, Advice.Place place) {
        return signature.hasArgument(index) && (place == Advice.Place.ENTRY || method.keeps(signature.slotOf(index)));
    }

    private String noArgument(int index) {
        return signature.name() + " no longer has its argument " + index;
    }

    /** Pushes the value as a reference. */
    void pushObject(MethodVisitor code, ValueExpression value) {
        push(code, value);
    }

    /** Pushes the value as an int; a boolean is 0 or 1. */
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
            // x / x * x is x, except that 0 becomes NaN.
            code.visitInsn(Opcodes.DUP2);
            code.visitInsn(Opcodes.DUP2);
            code.visitInsn(Opcodes.DDIV);
            code.visitInsn(Opcodes.DMUL);
        }
    }

    private Type push(MethodVisitor code, ValueExpression value) {
        Type type = pushStart(code, value);
        for (Member member : value.path()) {
            type = pushMember(code, member);
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
                Type type = signature.returnType();
                code.visitVarInsn(type.getOpcode(Opcodes.ILOAD), method.freeSlot());
                return type;
            }
            default -> throw new IllegalStateException("a constant has no path");
        }
    }

    private Type pushArgument(MethodVisitor code, int index) {
        Type type = signature.argument(index);
        code.visitVarInsn(type.getOpcode(Opcodes.ILOAD), signature.slotOf(index));
        return type;
    }

    private Type pushMember(MethodVisitor code, Member member) {
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
