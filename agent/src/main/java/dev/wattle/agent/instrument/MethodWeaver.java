/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import dev.wattle.agent.bridge.TrainingBridge;
import dev.wattle.agent.instrument.Advice.Place;
import dev.wattle.core.boundary.Boundary;
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
 * Copies a method and puts the actions of its points in.
 *
 * <p>What an action throws is dropped, and the method goes on as if nothing had been there: each stands in a try block of
 * its own, whose entry in the exception table comes before the method's own. Frames are written by hand, since having them
 * computed would load classes of the host. After an action at the entry the frame is that of the entry; after one before a
 * return, only what the return needs has to be known; so no state of the method in between is ever needed.
 *
 * <p>What stands after a call that the method makes has no try block: the bridge throws nothing.
 *
 * <p>An exception that leaves the method is seen by a handler over all of it, last in the table, which throws it again.
 */
final class MethodWeaver extends MethodVisitor {
    private static final String BRIDGE = TrainingBridge.class.getName().replace('.', '/');
    private static final String THROWABLE = "java/lang/Throwable";
    private static final Object[] NOTHING = {};
    private static final Object[] CAUGHT = {THROWABLE};

    private final MethodAnalysis shape;
    private final ValueEmitter values;
    private final Framework framework;
    private final List<Advice> actions;
    private final List<Advice> afterCalls;
    private final List<Advice> atExit;
    private final List<Advice> beforeReturn;
    private final Deque<Attempt> attempts = new ArrayDeque<>();
    private final Label bodyBegin = new Label();
    private boolean inBody;

    MethodWeaver(
            MethodVisitor copy,
            MethodAnalysis shape,
            ClassFileLocator files,
            Framework framework,
            List<Advice> actions) {
        super(Opcodes.ASM9, copy);
        this.shape = shape;
        this.values = new ValueEmitter(shape, files);
        this.framework = framework;
        this.actions = actions;
        this.afterCalls = actionsAt(Place.CALL);
        // What began last ends first.
        this.atExit = new ArrayList<>(actionsAt(Place.EXIT));
        Collections.reverse(atExit);
        this.beforeReturn = new ArrayList<>(actionsAt(Place.RETURN));
        beforeReturn.addAll(atExit);
    }

    /** One try block, ranged and entered in the table before its instructions are there. */
    private static final class Attempt {
        final Label begin = new Label();
        final Label end = new Label();
        final Label handler = new Label();
    }

    @Override
    public void visitCode() {
        super.visitCode();
        int sites = triesOf(Place.ENTRY) + shape.returns() * (triesOf(Place.RETURN) + triesOf(Place.EXIT));
        sites += atExit.size();
        for (int i = 0; i < sites; i++) {
            Attempt attempt = new Attempt();
            attempts.add(attempt);
            super.visitTryCatchBlock(attempt.begin, attempt.end, attempt.handler, THROWABLE);
        }
        for (Advice action : actionsAt(Place.ENTRY)) {
            guarded(action, shape.entryLocals(), false);
        }
        super.visitLabel(bodyBegin);
        inBody = true;
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        if (!inBody || afterCalls.isEmpty()) {
            return;
        }
        Member called = new Member(owner, name, descriptor);
        for (Advice action : afterCalls) {
            if (action instanceof Advice.AfterCall after && after.called().equals(called)) {
                putAfter(after);
            }
        }
    }

    private void putAfter(Advice.AfterCall after) {
        if (after instanceof Advice.MarkAfter mark) {
            putMark(
                    new Advice.Mark(Place.CALL, mark.boundary(), mark.subject(), InstrumentationPoints.UNKNOWN, null),
                    false);
        } else if (after instanceof Advice.TrueWhenStopped asked) {
            askAboutStop(asked.subject(), "stopsUnless", "(ZILjava/lang/Object;)Z");
        } else if (after instanceof Advice.ReasonWhenStopped asked) {
            askAboutStop(asked.subject(), "reason", "(Ljava/lang/String;ILjava/lang/Object;)Ljava/lang/String;");
        } else if (after instanceof Advice.ZeroWhenStopped asked) {
            int slot = shape.slotOf(asked.argument());
            super.visitVarInsn(Opcodes.ILOAD, slot);
            super.visitInsn(Opcodes.ICONST_1);
            askAboutStop(asked.subject(), "stops", "(ILjava/lang/Object;)Z");
            super.visitInsn(Opcodes.ISUB);
            super.visitInsn(Opcodes.IMUL);
            super.visitVarInsn(Opcodes.ISTORE, slot);
        }
    }

    @Override
    public void visitInsn(int opcode) {
        if (inBody && opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN && !beforeReturn.isEmpty()) {
            Type type = shape.returnType();
            boolean returnsValue = type != Type.VOID_TYPE;
            if (returnsValue) {
                super.visitVarInsn(type.getOpcode(Opcodes.ISTORE), shape.freeSlot());
            }
            Object[] locals = shape.keptLocals(returnsValue ? MethodAnalysis.frameType(type) : null);
            for (Advice action : beforeReturn) {
                guarded(action, locals, false);
            }
            if (returnsValue) {
                super.visitVarInsn(type.getOpcode(Opcodes.ILOAD), shape.freeSlot());
            }
        }
        super.visitInsn(opcode);
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        inBody = false;
        if (!atExit.isEmpty()) {
            Label handler = new Label();
            super.visitTryCatchBlock(bodyBegin, handler, handler, THROWABLE);
            super.visitLabel(handler);
            frame(shape.keptLocals(null), CAUGHT);
            super.visitVarInsn(Opcodes.ASTORE, shape.freeSlot());
            for (Advice action : atExit) {
                guarded(action, shape.keptLocals(THROWABLE), true);
            }
            super.visitVarInsn(Opcodes.ALOAD, shape.freeSlot());
            super.visitInsn(Opcodes.ATHROW);
        }
        if (!attempts.isEmpty()) {
            throw new IllegalStateException("more try blocks than actions");
        }
        super.visitMaxs(maxStack, maxLocals);
    }

    /** Puts an action in, after which the locals are these whatever it throws. */
    private void guarded(Advice action, Object[] locals, boolean failed) {
        Label after = new Label();
        Attempt attempt = attempts.remove();
        super.visitLabel(attempt.begin);
        put(action, failed);
        super.visitLabel(attempt.end);
        super.visitJumpInsn(Opcodes.GOTO, after);
        super.visitLabel(attempt.handler);
        frame(locals, CAUGHT);
        super.visitInsn(Opcodes.POP);
        if (!failed && hasFallback(action)) {
            Attempt second = attempts.remove();
            super.visitLabel(second.begin);
            put(((Advice.Mark) action).bare(), false);
            super.visitLabel(second.end);
            super.visitJumpInsn(Opcodes.GOTO, after);
            super.visitLabel(second.handler);
            frame(locals, CAUGHT);
            super.visitInsn(Opcodes.POP);
        }
        super.visitLabel(after);
        frame(locals, NOTHING);
        // The method's own next frame must not fall on the same instruction.
        super.visitInsn(Opcodes.NOP);
    }

    private void put(Advice action, boolean failed) {
        if (action instanceof Advice.Mark mark) {
            putMark(mark, failed);
        } else if (action instanceof Advice.Figures figures) {
            ValueEmitter.pushConstant(mv, Boundary.METRIC.eventOf(framework));
            values.pushObject(mv, figures.subject());
            values.pushObject(mv, figures.map());
            super.visitMethodInsn(
                    Opcodes.INVOKESTATIC, BRIDGE, "metrics", "(ILjava/lang/Object;Ljava/util/Map;)V", false);
        }
    }

    private void putMark(Advice.Mark mark, boolean failed) {
        int event = mark.boundary().eventOf(framework);
        if (mark.otherwise() != null && mark.condition() != null) {
            int otherwise = mark.otherwise().eventOf(framework);
            values.pushInt(mv, mark.condition());
            ValueEmitter.pushConstant(mv, event - otherwise);
            super.visitInsn(Opcodes.IMUL);
            ValueEmitter.pushConstant(mv, otherwise);
            super.visitInsn(Opcodes.IADD);
        } else {
            ValueEmitter.pushConstant(mv, event);
        }
        values.pushObject(mv, mark.subject());
        values.pushLong(mv, failed ? ValueExpression.constant(Boundary.FAILED) : mark.size());
        if (mark.value() == null || failed) {
            super.visitLdcInsn(Double.NaN);
        } else {
            values.pushDouble(mv, mark.value());
        }
        super.visitMethodInsn(Opcodes.INVOKESTATIC, BRIDGE, "mark", "(ILjava/lang/Object;JD)V", false);
    }

    private void askAboutStop(ValueExpression subject, String method, String descriptor) {
        ValueEmitter.pushConstant(mv, framework.ordinal());
        values.pushObject(mv, subject);
        super.visitMethodInsn(Opcodes.INVOKESTATIC, BRIDGE, method, descriptor, false);
    }

    private void frame(Object[] locals, Object[] stack) {
        super.visitFrame(Opcodes.F_NEW, locals.length, locals, stack.length, stack);
    }

    private int triesOf(Place place) {
        int tries = 0;
        for (Advice action : actionsAt(place)) {
            tries += hasFallback(action) ? 2 : 1;
        }
        return tries;
    }

    private static boolean hasFallback(Advice action) {
        return action instanceof Advice.Mark mark && !mark.isBare();
    }

    private List<Advice> actionsAt(Place place) {
        return actions.stream().filter(action -> action.place() == place).toList();
    }
}
