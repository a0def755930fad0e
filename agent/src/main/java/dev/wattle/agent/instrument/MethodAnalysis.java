/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * What has to be known of a method before calls can be put into it: how many locals and returns it has, and which of its
 * arguments still stand in their slots wherever it is left.
 *
 * <p>Frames are wanted expanded. Local variables are counted in slots: a long or a double takes two.
 */
final class MethodAnalysis extends MethodVisitor {
    final String owner;
    final String name;
    final String descriptor;
    private final int access;
    private final Type[] arguments;
    private final BitSet lost = new BitSet();
    private final List<Member> calls = new ArrayList<>();
    private int returns;
    private int maxLocals;
    private boolean hasCode;

    MethodAnalysis(String owner, int access, String name, String descriptor) {
        super(Opcodes.ASM9);
        this.owner = owner;
        this.access = access;
        this.name = name;
        this.descriptor = descriptor;
        this.arguments = Type.getArgumentTypes(descriptor);
    }

    boolean hasCode() {
        return hasCode;
    }

    boolean isStatic() {
        return (access & Opcodes.ACC_STATIC) != 0;
    }

    int returns() {
        return returns;
    }

    int callsOf(Member called) {
        return (int) calls.stream().filter(called::equals).count();
    }

    /** The first slot that nothing of the method uses. */
    int freeSlot() {
        return maxLocals;
    }

    Type returnType() {
        return Type.getReturnType(descriptor);
    }

    boolean hasArgument(int index) {
        return index < arguments.length;
    }

    Type argument(int index) {
        return arguments[index];
    }

    int slotOf(int argument) {
        int slot = isStatic() ? 0 : 1;
        for (int i = 0; i < argument; i++) {
            slot += arguments[i].getSize();
        }
        return slot;
    }

    /** Whether the slot holds to the end what it held at the entry. */
    boolean keeps(int slot) {
        return !lost.get(slot);
    }

    /** The frame of the entry. */
    Object[] entryLocals() {
        List<Object> locals = new ArrayList<>();
        if (!isStatic()) {
            locals.add(owner);
        }
        for (Type argument : arguments) {
            locals.add(frameType(argument));
        }
        return locals.toArray();
    }

    /** A frame that knows the arguments that are kept and, where there is one, a value in the first free slot. */
    Object[] keptLocals(@Nullable Object inFreeSlot) {
        List<Object> locals = new ArrayList<>();
        if (!isStatic()) {
            locals.add(keeps(0) ? owner : Opcodes.TOP);
        }
        int slot = isStatic() ? 0 : 1;
        for (Type argument : arguments) {
            boolean kept = keeps(slot);
            locals.add(kept ? frameType(argument) : Opcodes.TOP);
            if (!kept && argument.getSize() == 2) {
                locals.add(Opcodes.TOP);
            }
            slot += argument.getSize();
        }
        if (inFreeSlot != null) {
            for (; slot < maxLocals; slot++) {
                locals.add(Opcodes.TOP);
            }
            locals.add(inFreeSlot);
        }
        return locals.toArray();
    }

    static Object frameType(Type type) {
        return switch (type.getSort()) {
            case Type.BOOLEAN, Type.BYTE, Type.CHAR, Type.SHORT, Type.INT -> Opcodes.INTEGER;
            case Type.LONG -> Opcodes.LONG;
            case Type.FLOAT -> Opcodes.FLOAT;
            case Type.DOUBLE -> Opcodes.DOUBLE;
            default -> type.getInternalName();
        };
    }

    @Override
    public void visitCode() {
        hasCode = true;
    }

    @Override
    public void visitFrame(int type, int numLocal, Object[] local, int numStack, Object[] stack) {
        if (type != Opcodes.F_NEW) {
            throw new IllegalStateException("frames are wanted expanded");
        }
        BitSet present = new BitSet();
        int slot = 0;
        for (int i = 0; i < numLocal; i++) {
            boolean wide = local[i] == Opcodes.LONG || local[i] == Opcodes.DOUBLE;
            if (local[i] != Opcodes.TOP) {
                present.set(slot);
            }
            slot += wide ? 2 : 1;
        }
        BitSet absent = new BitSet();
        absent.set(0, slotOf(arguments.length));
        absent.andNot(present);
        lost.or(absent);
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
            returns++;
        }
    }

    @Override
    public void visitVarInsn(int opcode, int slot) {
        if (opcode >= Opcodes.ISTORE && opcode <= Opcodes.ASTORE) {
            lost.set(slot);
            if (opcode == Opcodes.LSTORE || opcode == Opcodes.DSTORE) {
                lost.set(slot + 1);
            }
            if (slot > 0) {
                lostIfWide(slot - 1);
            }
        }
    }

    @Override
    public void visitIincInsn(int slot, int increment) {
        lost.set(slot);
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        calls.add(new Member(owner, name, descriptor));
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        this.maxLocals = maxLocals;
    }

    /** A store into its second half takes a long or a double away. */
    private void lostIfWide(int slot) {
        for (int i = 0; i < arguments.length; i++) {
            if (slotOf(i) == slot && arguments[i].getSize() == 2) {
                lost.set(slot);
            }
        }
    }
}
