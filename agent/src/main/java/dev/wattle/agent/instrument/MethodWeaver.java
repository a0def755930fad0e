/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import dev.wattle.agent.instrument.Advice.Place;
import dev.wattle.core.boundary.Framework;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Copies a method and inserts its advice.
 *
 * <p>Whatever advice throws is dropped, and the method continues as if the advice were not there: each stands in a
 * {@link GuardedBlock}, whose entry in the exception table precedes the method's own. Advice after a call has none,
 * because the bridge does not throw.
 *
 * <p>The frames are written by hand, because computing them would load classes of the host. After advice at the entry the
 * frame is that of the entry; after advice before a return, the frame holds only what the return needs. So the state in
 * the middle of the method is never needed.
 *
 * <p>A handler over the whole method, last in the exception table, sees an exception that leaves the method and throws it
 * again.
 */
final class MethodWeaver extends MethodVisitor {
    private static final String THROWABLE = "java/lang/Throwable";
    private static final Object[] EMPTY_STACK = {};
    private static final Object[] CAUGHT = {THROWABLE};

    private final MethodAnalysis method;
    private final AdviceEmitter emitter;
    private final List<Advice> atEntry;
    private final List<Advice> afterCalls;
    private final List<Advice> atExit;
    private final List<Advice> beforeReturn;
    private final Deque<GuardedBlock> guardedBlocks = new ArrayDeque<>();
    private final Label bodyStart = new Label();
    private boolean inBody;

    MethodWeaver(
            MethodVisitor copy,
            MethodAnalysis method,
            ClassFileLocator files,
            Framework framework,
            List<Advice> advice) {
        super(Opcodes.ASM9, copy);
        this.method = method;
        this.emitter = new AdviceEmitter(copy, method, files, framework);
        this.atEntry = at(Place.ENTRY, advice);
        this.afterCalls = at(Place.CALL, advice);
        // What started last ends first.
        this.atExit = new ArrayList<>(at(Place.EXIT, advice));
        Collections.reverse(atExit);
        this.beforeReturn = new ArrayList<>(at(Place.RETURN, advice));
        beforeReturn.addAll(atExit);
    }

    private static List<Advice> at(Place place, List<Advice> advice) {
        return advice.stream().filter(one -> one.place() == place).toList();
    }

    @Override
    public void visitCode() {
        super.visitCode();
        int guards = guardsOf(atEntry) + method.returns() * guardsOf(beforeReturn) + atExit.size();
        for (int i = 0; i < guards; i++) {
            guardedBlocks.add(new GuardedBlock());
        }
        for (Advice advice : atEntry) {
            emitGuarded(advice, method.entryLocals(), false);
        }
        super.visitLabel(bodyStart);
        inBody = true;
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        if (!inBody || afterCalls.isEmpty()) {
            return;
        }
        Member called = new Member(owner, name, descriptor);
        for (Advice advice : afterCalls) {
            if (advice instanceof Advice.AfterCall after && after.called().equals(called)) {
                emitter.emitAfterCall(after);
            }
        }
    }

    @Override
    public void visitInsn(int opcode) {
        if (inBody && opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN && !beforeReturn.isEmpty()) {
            Type type = method.signature().returnType();
            boolean returnsValue = type != Type.VOID_TYPE;
            if (returnsValue) {
                super.visitVarInsn(type.getOpcode(Opcodes.ISTORE), method.freeSlot());
            }
            Object[] locals = method.keptLocals(returnsValue ? MethodSignature.frameType(type) : null);
            for (Advice advice : beforeReturn) {
                emitGuarded(advice, locals, false);
            }
            if (returnsValue) {
                super.visitVarInsn(type.getOpcode(Opcodes.ILOAD), method.freeSlot());
            }
        }
        super.visitInsn(opcode);
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        inBody = false;
        if (!atExit.isEmpty()) {
            emitExceptionalExit();
        }
        if (!guardedBlocks.isEmpty()) {
            throw new IllegalStateException("more guarded blocks than advice");
        }
        super.visitMaxs(maxStack, maxLocals);
    }

    private void emitExceptionalExit() {
        Label handler = new Label();
        super.visitTryCatchBlock(bodyStart, handler, handler, THROWABLE);
        super.visitLabel(handler);
        visitFrame(method.keptLocals(null), CAUGHT);
        super.visitVarInsn(Opcodes.ASTORE, method.freeSlot());
        for (Advice advice : atExit) {
            emitGuarded(advice, method.keptLocals(THROWABLE), true);
        }
        super.visitVarInsn(Opcodes.ALOAD, method.freeSlot());
        super.visitInsn(Opcodes.ATHROW);
    }

    /**
     * Inserts advice. Where it has figures to read, and reading one throws, its boundary is marked without them.
     *
     * @param locals the locals of the frame after it
     */
    private void emitGuarded(Advice advice, Object[] locals, boolean failed) {
        Label after = new Label();
        guardedBlocks.remove().emit(() -> emitter.emit(advice, failed), after, locals);
        if (!failed && advice instanceof Advice.Mark mark && mark.readsFigures()) {
            guardedBlocks.remove().emit(() -> emitter.emit(mark.withoutFigures(), false), after, locals);
        }
        super.visitLabel(after);
        visitFrame(locals, EMPTY_STACK);
        // The method's own next frame must not fall on the same instruction.
        super.visitInsn(Opcodes.NOP);
    }

    private static int guardsOf(List<Advice> advice) {
        int guards = 0;
        for (Advice one : advice) {
            guards += one instanceof Advice.Mark mark && mark.readsFigures() ? 2 : 1;
        }
        return guards;
    }

    private void visitFrame(Object[] locals, Object[] stack) {
        super.visitFrame(Opcodes.F_NEW, locals.length, locals, stack.length, stack);
    }

    /** A try block that drops what its instructions throw. Enters the exception table when it is made. */
    private final class GuardedBlock {
        private final Label start = new Label();
        private final Label end = new Label();
        private final Label handler = new Label();

        GuardedBlock() {
            mv.visitTryCatchBlock(start, end, handler, THROWABLE);
        }

        /**
         * Emits the block. Execution continues at {@code after}, or behind the block where its instructions throw.
         *
         * @param locals the locals of the frame in the handler
         */
        void emit(Runnable instructions, Label after, Object[] locals) {
            mv.visitLabel(start);
            instructions.run();
            mv.visitLabel(end);
            mv.visitJumpInsn(Opcodes.GOTO, after);
            mv.visitLabel(handler);
            visitFrame(locals, CAUGHT);
            mv.visitInsn(Opcodes.POP);
        }
    }
}
