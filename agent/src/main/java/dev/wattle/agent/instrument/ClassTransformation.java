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
 * Copies a class with the actions of its points in it: method bodies change, nothing else, and a method whose points all
 * turn out not to fit stays as it was.
 */
final class ClassTransformation {
    /** Before Java 7, a method has frames only if it likes. */
    private static final int OLDEST = Opcodes.V1_7;

    private final ClassReader reader;
    private final ClassFileLocator files;
    private final List<TrainingPoint> points;
    private final Map<String, MethodAnalysis> shapes = new HashMap<>();
    private final List<TrainingPoint> fitting = new ArrayList<>();
    private final List<String> lacking = new ArrayList<>();

    private ClassTransformation(ClassReader reader, ClassLoader loader, List<TrainingPoint> points) {
        this.reader = reader;
        this.files = new ClassFileLocator(loader, reader);
        this.points = points;
    }

    /**
     * What came of a class.
     *
     * @param bytes its new bytes, null where no point fits
     * @param fitting the points that are in
     * @param lacking what the class lacks for the others, for a line to the user
     */
    record Woven(byte @Nullable [] bytes, List<TrainingPoint> fitting, List<String> lacking) {}

    /** @param loader finds the class files of members that values go through */
    static Woven weave(ClassLoader loader, byte[] bytes, List<TrainingPoint> points) {
        return new ClassTransformation(new ClassReader(bytes), loader, points).weave();
    }

    private Woven weave() {
        if ((reader.readShort(6) & 0xFFFF) < OLDEST) {
            return new Woven(null, List.of(), List.of("it is compiled for a Java before 7"));
        }
        reader.accept(new Shapes(), ClassReader.EXPAND_FRAMES | ClassReader.SKIP_DEBUG);
        for (TrainingPoint point : points) {
            String obstacle = obstacle(point);
            if (obstacle.isEmpty()) {
                fitting.add(point);
            } else if (!lacking.contains(obstacle)) {
                lacking.add(obstacle);
            }
        }
        if (fitting.isEmpty()) {
            return new Woven(null, fitting, lacking);
        }
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(new Copy(writer), ClassReader.EXPAND_FRAMES);
        return new Woven(writer.toByteArray(), fitting, lacking);
    }

    private String obstacle(TrainingPoint point) {
        MethodAnalysis shape = shapes.get(point.method() + point.descriptor());
        if (shape == null || !shape.hasCode()) {
            return "no " + point.method() + point.descriptor();
        }
        if (point.method().startsWith("<")) {
            return "no wish for constructors";
        }
        Advice action = point.action();
        Member called = called(action);
        if (called != null && shape.callsOf(called) == 0) {
            return "no call of " + called + " in " + point.method();
        }
        ValueEmitter code = new ValueEmitter(shape, files);
        for (ValueExpression value : action.values()) {
            String obstacle = code.obstacle(value, action.place());
            if (!obstacle.isEmpty()) {
                return obstacle;
            }
        }
        return "";
    }

    private static @Nullable Member called(Advice action) {
        return action instanceof Advice.AfterCall after ? after.called() : null;
    }

    private final class Shapes extends ClassVisitor {
        Shapes() {
            super(Opcodes.ASM9);
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access, String name, String descriptor, @Nullable String signature, String @Nullable [] thrown) {
            for (TrainingPoint point : points) {
                if (point.method().equals(name) && point.descriptor().equals(descriptor)) {
                    MethodAnalysis shape = new MethodAnalysis(reader.getClassName(), access, name, descriptor);
                    shapes.put(name + descriptor, shape);
                    return shape;
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
            MethodAnalysis shape = shapes.get(name + descriptor);
            List<TrainingPoint> here = fitting.stream()
                    .filter(point ->
                            point.method().equals(name) && point.descriptor().equals(descriptor))
                    .toList();
            if (shape == null || here.isEmpty()) {
                return copy;
            }
            List<Advice> actions = here.stream().map(TrainingPoint::action).toList();
            return new MethodWeaver(copy, shape, files, here.get(0).framework(), actions);
        }
    }
}
