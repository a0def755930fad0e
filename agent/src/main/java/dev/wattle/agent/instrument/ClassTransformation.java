/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Copies a class and inserts the advice of its points. Only method bodies change, and a method that none of its points
 * fits stays as it was.
 */
final class ClassTransformation {
    /** Since Java 7 the verifier requires frames; before, a method may lack them. */
    private static final int MIN_VERSION = Opcodes.V1_7;

    private final ClassReader reader;
    private final ClassFileLocator files;
    private final List<TrainingPoint> points;
    private final Map<String, MethodAnalysis> analyses = new HashMap<>();
    private final List<TrainingPoint> applied = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();

    private ClassTransformation(ClassReader reader, ClassLoader loader, List<TrainingPoint> points) {
        this.reader = reader;
        this.files = new ClassFileLocator(loader, reader);
        this.points = points;
    }

    /**
     * The outcome of a transformation.
     *
     * @param bytes the new class file, null where no point fits
     * @param applied the points that are in it
     * @param missing what the class lacks for the other points, in words for the user
     */
    record Result(byte @Nullable [] bytes, List<TrainingPoint> applied, List<String> missing) {}

    /** @param loader finds the class files of the members on the paths of values */
    static Result apply(ClassLoader loader, byte[] bytes, List<TrainingPoint> points) {
        return new ClassTransformation(new ClassReader(bytes), loader, points).apply();
    }

    private Result apply() {
        if ((reader.readShort(6) & 0xFFFF) < MIN_VERSION) {
            return new Result(null, List.of(), List.of("it is compiled for a Java before 7"));
        }
        reader.accept(new Analysis(), ClassReader.EXPAND_FRAMES | ClassReader.SKIP_DEBUG);
        for (TrainingPoint point : points) {
            String obstacle = obstacle(point);
            if (obstacle.isEmpty()) {
                applied.add(point);
            } else if (!missing.contains(obstacle)) {
                missing.add(obstacle);
            }
        }
        if (applied.isEmpty()) {
            return new Result(null, applied, missing);
        }
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(new Copy(writer), ClassReader.EXPAND_FRAMES);
        return new Result(writer.toByteArray(), applied, missing);
    }

    private String obstacle(TrainingPoint point) {
        MethodAnalysis method = analyses.get(point.method() + point.descriptor());
        if (method == null || !method.hasCode()) {
            return "no " + point.method() + point.descriptor();
        }
        if (point.method().startsWith("<")) {
            return "constructors cannot be instrumented";
        }
        Advice advice = point.advice();
        Member called = called(advice);
        if (called != null && !method.calls(called)) {
            return "no call of " + called + " in " + point.method();
        }
        ValueEmitter values = new ValueEmitter(method, files);
        for (ValueExpression value : advice.values()) {
            String obstacle = values.obstacle(value, advice.place());
            if (!obstacle.isEmpty()) {
                return obstacle;
            }
        }
        return "";
    }

    private static @Nullable Member called(Advice advice) {
        return advice instanceof Advice.AfterCall after ? after.called() : null;
    }

    private final class Analysis extends ClassVisitor {
        Analysis() {
            super(Opcodes.ASM9);
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access, String name, String descriptor, @Nullable String signature, String @Nullable [] thrown) {
            for (TrainingPoint point : points) {
                if (point.method().equals(name) && point.descriptor().equals(descriptor)) {
                    MethodAnalysis method = new MethodAnalysis(new MethodSignature(
                            reader.getClassName(), name, descriptor, (access & Opcodes.ACC_STATIC) != 0));
                    analyses.put(name + descriptor, method);
                    return method;
                }
            }
            return null;
        }
    }

    private final class Copy extends ClassVisitor {
        Copy(ClassVisitor copy) {
            super(Opcodes.ASM9, copy);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, @Nullable String signature, String @Nullable [] thrown) {
            MethodVisitor copy = super.visitMethod(access, name, descriptor, signature, thrown);
            MethodAnalysis method = analyses.get(name + descriptor);
            List<TrainingPoint> here = applied.stream()
                    .filter(point ->
                            point.method().equals(name) && point.descriptor().equals(descriptor))
                    .toList();
            if (method == null || here.isEmpty()) {
                return copy;
            }
            List<Advice> advice = here.stream().map(TrainingPoint::advice).toList();
            return new MethodWeaver(copy, method, files, here.get(0).framework(), advice);
        }
    }
}
