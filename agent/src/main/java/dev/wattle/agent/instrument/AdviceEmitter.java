/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import dev.wattle.agent.bridge.TrainingBridge;
import dev.wattle.core.boundary.Boundary;
import dev.wattle.core.boundary.Framework;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** Emits the instructions of advice: values, then a call of the bridge. For one method, on one thread. */
final class AdviceEmitter {
    private static final String BRIDGE = TrainingBridge.class.getName().replace('.', '/');

    private final MethodVisitor code;
    private final MethodSignature signature;
    private final ValueEmitter values;
    private final Framework framework;

    AdviceEmitter(MethodVisitor code, MethodAnalysis method, ClassFileLocator files, Framework framework) {
        this.code = code;
        this.signature = method.signature();
        this.values = new ValueEmitter(method, files);
        this.framework = framework;
    }

    /**
     * Emits advice that belongs to the start or the end of a method.
     *
     * @param failed whether an exception leaves the method
     */
    void emit(Advice advice, boolean failed) {
        if (advice instanceof Advice.Mark mark) {
            emitMark(mark, failed);
        } else if (advice instanceof Advice.Figures figures) {
            code.visitLdcInsn(Boundary.METRIC.eventOf(framework));
            values.pushObject(code, figures.subject());
            values.pushObject(code, figures.map());
            callBridge("metrics", "(ILjava/lang/Object;Ljava/util/Map;)V");
        }
    }

    /** Emits advice directly after a call; what the call returned is on the stack. */
    void emitAfterCall(Advice.AfterCall advice) {
        if (advice instanceof Advice.MarkAfter mark) {
            ValueExpression size = InstrumentationPoints.UNKNOWN;
            emitMark(new Advice.Mark(Advice.Place.CALL, mark.boundary(), mark.subject(), size, null), false);
        } else if (advice instanceof Advice.TrueWhenStopped stop) {
            emitStopCheck(stop.subject(), "stopsUnless", "(ZILjava/lang/Object;)Z");
        } else if (advice instanceof Advice.ReasonWhenStopped stop) {
            emitStopCheck(stop.subject(), "reason", "(Ljava/lang/String;ILjava/lang/Object;)Ljava/lang/String;");
        } else if (advice instanceof Advice.ZeroWhenStopped stop) {
            // argument = argument * (1 - stops): without a branch, no frame is needed.
            int slot = signature.slotOf(stop.argument());
            code.visitVarInsn(Opcodes.ILOAD, slot);
            code.visitInsn(Opcodes.ICONST_1);
            emitStopCheck(stop.subject(), "stops", "(ILjava/lang/Object;)Z");
            code.visitInsn(Opcodes.ISUB);
            code.visitInsn(Opcodes.IMUL);
            code.visitVarInsn(Opcodes.ISTORE, slot);
        }
    }

    private void emitMark(Advice.Mark mark, boolean failed) {
        pushEvent(mark);
        values.pushObject(code, mark.subject());
        values.pushLong(code, failed ? ValueExpression.constant(Boundary.FAILED) : mark.size());
        if (mark.value() == null || failed) {
            code.visitLdcInsn(Double.NaN);
        } else {
            values.pushDouble(code, mark.value());
        }
        callBridge("mark", "(ILjava/lang/Object;JD)V");
    }

    private void pushEvent(Advice.Mark mark) {
        int event = mark.boundary().eventOf(framework);
        if (mark.otherwise() == null || mark.condition() == null) {
            code.visitLdcInsn(event);
            return;
        }
        // otherwise + condition * (event - otherwise): without a branch, no frame is needed.
        int otherwise = mark.otherwise().eventOf(framework);
        values.pushInt(code, mark.condition());
        code.visitLdcInsn(event - otherwise);
        code.visitInsn(Opcodes.IMUL);
        code.visitLdcInsn(otherwise);
        code.visitInsn(Opcodes.IADD);
    }

    private void emitStopCheck(ValueExpression subject, String bridgeMethod, String descriptor) {
        code.visitLdcInsn(framework.ordinal());
        values.pushObject(code, subject);
        callBridge(bridgeMethod, descriptor);
    }

    private void callBridge(String bridgeMethod, String descriptor) {
        code.visitMethodInsn(Opcodes.INVOKESTATIC, BRIDGE, bridgeMethod, descriptor, false);
    }
}
