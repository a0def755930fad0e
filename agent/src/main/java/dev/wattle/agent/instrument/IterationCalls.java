/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import dev.wattle.agent.bridge.TrainingBridge;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Copies a class and puts a call to the bridge before every normal return of the methods that points name.
 *
 * <p>What the call throws, should it ever, is dropped: the handler stands at the end of the method, expects no locals and
 * returns. Nothing else of the class changes.
 */
final class IterationCalls extends ClassVisitor {
    private static final String BRIDGE = TrainingBridge.class.getName().replace('.', '/');
    private static final String THROWABLE = "java/lang/Throwable";

    private final List<TrainingPoint> points;
    private final Set<TrainingPoint> met = new HashSet<>();
    private int majorVersion;

    private IterationCalls(ClassVisitor copy, List<TrainingPoint> points) {
        super(Opcodes.ASM9, copy);
        this.points = points;
    }

    /** What came of a class: its new bytes, null where it has none of the methods, and the points it lacks. */
    record Woven(byte @Nullable [] bytes, List<TrainingPoint> missing) {}

    static Woven weave(byte[] bytes, List<TrainingPoint> points) {
        ClassReader reader = new ClassReader(bytes);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        IterationCalls calls = new IterationCalls(writer, points);
        reader.accept(calls, 0);
        List<TrainingPoint> missing =
                points.stream().filter(point -> !calls.met.contains(point)).toList();
        return new Woven(calls.met.isEmpty() ? null : writer.toByteArray(), missing);
    }

    @Override
    public void visit(
            int version,
            int access,
            String name,
            @Nullable String signature,
            @Nullable String superName,
            String @Nullable [] interfaces) {
        majorVersion = version & 0xFFFF;
        super.visit(version, access, name, signature, superName, interfaces);
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        MethodVisitor copy = super.visitMethod(access, name, descriptor, signature, exceptions);
        for (TrainingPoint point : points) {
            if (point.method().equals(name) && point.descriptor().equals(descriptor)) {
                met.add(point);
                return new CallBeforeReturn(copy, point.bridgeNumber(), majorVersion >= Opcodes.V1_6);
            }
        }
        return copy;
    }

    private static final class CallBeforeReturn extends MethodVisitor {
        private final int framework;
        private final boolean hasFrames;
        private final Label handler = new Label();
        private boolean calls;

        CallBeforeReturn(@Nullable MethodVisitor copy, int framework, boolean hasFrames) {
            super(Opcodes.ASM9, copy);
            this.framework = framework;
            this.hasFrames = hasFrames;
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == Opcodes.RETURN) {
                calls = true;
                Label begin = new Label();
                Label end = new Label();
                visitTryCatchBlock(begin, end, handler, THROWABLE);
                visitLabel(begin);
                visitIntInsn(Opcodes.BIPUSH, framework);
                visitMethodInsn(Opcodes.INVOKESTATIC, BRIDGE, "iteration", "(I)V", false);
                visitLabel(end);
            }
            super.visitInsn(opcode);
        }

        @Override
        public void visitMaxs(int maxStack, int maxLocals) {
            if (calls) {
                visitLabel(handler);
                if (hasFrames) {
                    visitFrame(Opcodes.F_FULL, 0, new Object[0], 1, new Object[] {THROWABLE});
                }
                visitInsn(Opcodes.POP);
                super.visitInsn(Opcodes.RETURN);
            }
            super.visitMaxs(maxStack, maxLocals);
        }
    }
}
