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
 * Collects what inserting calls into a method depends on: its locals, its returns, the calls it makes, and which
 * arguments it never overwrites.
 *
 * <p>The reader must expand the frames.
 */
final class MethodAnalysis extends MethodVisitor {
    private final MethodSignature signature;
    private final BitSet overwritten = new BitSet();
    private final List<Member> calls = new ArrayList<>();
    private int returns;
    private int maxLocals;
    private boolean hasCode;

    MethodAnalysis(MethodSignature signature) {
        super(Opcodes.ASM9);
        this.signature = signature;
    }

    MethodSignature signature() {
        return signature;
    }

    boolean hasCode() {
        return hasCode;
    }

    int returns() {
        return returns;
    }

    boolean calls(Member called) {
        return calls.contains(called);
    }

    /** The first slot that the method does not use. */
    int freeSlot() {
        return maxLocals;
    }

    /** Whether the slot holds its value of the entry until the method ends. */
    boolean keeps(int slot) {
        return !overwritten.get(slot);
    }

    /** The locals of the frame at the entry. */
    Object[] entryLocals() {
        List<Object> locals = new ArrayList<>();
        if (!signature.isStatic()) {
            locals.add(signature.owner());
        }
        for (Type argument : signature.arguments()) {
            locals.add(MethodSignature.frameType(argument));
        }
        return locals.toArray();
    }

    /**
     * The locals of a frame that knows the arguments that are kept, and nothing else of the method.
     *
     * @param inFreeSlot the type of a value in the first free slot, null where there is none
     */
    Object[] keptLocals(@Nullable Object inFreeSlot) {
        List<Object> locals = new ArrayList<>();
        if (!signature.isStatic()) {
            locals.add(keeps(0) ? signature.owner() : Opcodes.TOP);
        }
        int slot = signature.slotOf(0);
        for (Type argument : signature.arguments()) {
            boolean kept = keeps(slot);
            locals.add(kept ? MethodSignature.frameType(argument) : Opcodes.TOP);
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

    @Override
    public void visitCode() {
        hasCode = true;
    }

    /** An argument that a frame does not know is overwritten on some path that reaches the frame. */
    @Override
    public void visitFrame(int type, int numLocal, Object[] local, int numStack, Object[] stack) {
        if (type != Opcodes.F_NEW) {
            throw new IllegalStateException("the reader must expand frames");
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
        absent.set(0, signature.slotOf(signature.arguments().length));
        absent.andNot(present);
        overwritten.or(absent);
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
            overwritten.set(slot);
            if (opcode == Opcodes.LSTORE || opcode == Opcodes.DSTORE) {
                overwritten.set(slot + 1);
            }
            overwriteWideArgumentAt(slot - 1);
        }
    }

    /** A store into the second slot of a long or a double destroys it. */
    private void overwriteWideArgumentAt(int slot) {
        Type[] arguments = signature.arguments();
        for (int i = 0; i < arguments.length; i++) {
            if (signature.slotOf(i) == slot && arguments[i].getSize() == 2) {
                overwritten.set(slot);
            }
        }
    }

    @Override
    public void visitIincInsn(int slot, int increment) {
        overwritten.set(slot);
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        calls.add(new Member(owner, name, descriptor));
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        this.maxLocals = maxLocals;
    }
}
