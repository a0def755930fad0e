/* SPDX-License-Identifier: Apache-2.0 */
import static net.bytebuddy.jar.asm.Opcodes.*;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Type;

/**
 * Makes plain classes of the lambdas and method references in the agent's class files, and plain methods of its records'
 * equals, hashCode and toString. The JDK makes them in the running JVM at their first use, each for half a millisecond of
 * processor time, and an agent uses hundreds of them once. A program of the build, {@code PlainClasses ROOT PACKAGE LEFT...}: what
 * lies in the package's directory under the root is changed in place, except in the directories that are left: a plain class
 * takes more room in the jar. Names of local variables, which only a debugger shows, are removed everywhere.
 *
 * <p>What a lambda becomes is a nestmate of the class it stands in, since its body is a private method there. Serializable
 * lambdas are left as they are. The same input gives the same output.
 */
final class PlainClasses {
    private static final String SUFFIX = ".classdata";
    private static final String LAMBDAS = "java/lang/invoke/LambdaMetafactory";
    private static final String RECORDS = "java/lang/runtime/ObjectMethods";
    private static final String VALUE = "of";

    /** All class files by the names of their classes. */
    private final Map<String, byte[]> classes = new TreeMap<>();

    /** New members of nests, by the nests' hosts. */
    private final Map<String, List<String>> members = new LinkedHashMap<>();

    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[0]);
        PlainClasses plain = new PlainClasses();
        try (Stream<Path> files = Files.walk(root.resolve(args[1]))) {
            for (Path file : files.filter(path -> path.toString().endsWith(SUFFIX)).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                plain.classes.put(new ClassReader(bytes).getClassName(), bytes);
            }
        }
        List<String> left = List.of(args).subList(2, args.length);
        for (String name : List.copyOf(plain.classes.keySet())) {
            plain.rewrite(name, left.stream().noneMatch(directory -> name.startsWith(directory + "/")));
        }
        plain.members.forEach(plain::enlargeNest);
        plain.classes.forEach((name, bytes) -> write(root.resolve(name + SUFFIX), bytes));
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void rewrite(String name, boolean plain) {
        ClassReader reader = new ClassReader(classes.get(name));
        ClassWriter writer = new ClassWriter(0);
        reader.accept(new Rewriting(writer, plain), 0);
        classes.put(name, writer.toByteArray());
    }

    private void enlargeNest(String host, List<String> added) {
        ClassReader reader = new ClassReader(classes.get(host));
        ClassWriter writer = new ClassWriter(0);
        reader.accept(
                new ClassVisitor(ASM9, writer) {
                    @Override
                    public void visit(int version, int access, String name, String type, String parent, String[] faces) {
                        super.visit(version, access, name, type, parent, faces);
                        added.forEach(super::visitNestMember);
                    }
                },
                0);
        classes.put(host, writer.toByteArray());
    }

    /** One class. */
    private final class Rewriting extends ClassVisitor {
        private final List<Runnable> methods = new ArrayList<>();
        private String name = "";
        private String host = "";
        private boolean isInterface;
        private int version;
        private int lambdas;
        private final boolean plain;

        /** @param plain whether lambdas and record methods become plain classes and methods */
        Rewriting(ClassVisitor next, boolean plain) {
            super(ASM9, next);
            this.plain = plain;
        }

        @Override
        public void visit(int version, int access, String name, String signature, String parent, String[] interfaces) {
            this.name = name;
            this.host = name;
            this.version = version;
            this.isInterface = (access & ACC_INTERFACE) != 0;
            super.visit(version, access, name, signature, parent, interfaces);
        }

        @Override
        public void visitNestHost(String nestHost) {
            host = nestHost;
            super.visitNestHost(nestHost);
        }

        @Override
        public MethodVisitor visitMethod(int access, String method, String desc, String signature, String[] thrown) {
            return new MethodVisitor(ASM9, super.visitMethod(access, method, desc, signature, thrown)) {
                @Override
                public void visitInvokeDynamicInsn(String called, String type, Handle bootstrap, Object... arguments) {
                    if (plain && bootstrap.getOwner().equals(LAMBDAS) && bootstrap.getName().equals("metafactory")) {
                        String lambda = lambda(called, type, arguments);
                        super.visitMethodInsn(INVOKESTATIC, lambda, VALUE, type, false);
                    } else if (plain && bootstrap.getOwner().equals(RECORDS)) {
                        String method = "plain$" + called;
                        methods.add(() -> recordMethod(called, method, type, arguments));
                        super.visitMethodInsn(INVOKESTATIC, name, method, type, isInterface);
                    } else {
                        super.visitInvokeDynamicInsn(called, type, bootstrap, arguments);
                    }
                }

                @Override
                public void visitLocalVariable(
                        String local, String type, String generic, Label start, Label end, int index) {}
            };
        }

        @Override
        public void visitEnd() {
            methods.forEach(Runnable::run);
            super.visitEnd();
        }

        private void recordMethod(String called, String plain, String type, Object[] arguments) {
            MethodVisitor code = super.visitMethod(ACC_PRIVATE | ACC_STATIC | ACC_SYNTHETIC, plain, type, null, null);
            RecordMethods record = new RecordMethods(code, name, arguments);
            code.visitCode();
            switch (called) {
                case "hashCode" -> record.hashCodes();
                case "equals" -> record.equality();
                case "toString" -> record.text();
                default -> throw new IllegalArgumentException(name + "." + called);
            }
            code.visitMaxs(8, 8);
            code.visitEnd();
        }

        /** Makes a class of a lambda; returns its name. */
        private String lambda(String method, String type, Object[] arguments) {
            String lambda = name + "$$" + ++lambdas;
            ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
            new LambdaClass(writer, version, lambda, type).write(host, method, arguments);
            classes.put(lambda, writer.toByteArray());
            members.computeIfAbsent(host, nest -> new ArrayList<>()).add(lambda);
            return lambda;
        }
    }

    /** The class that one lambda or method reference becomes. */
    private static final class LambdaClass {
        private final ClassWriter writer;
        private final int version;
        private final String lambda;
        private final String factory;
        private final Type[] captured;
        private final Type functional;

        LambdaClass(ClassWriter writer, int version, String lambda, String factory) {
            this.writer = writer;
            this.version = version;
            this.lambda = lambda;
            this.factory = factory;
            this.captured = Type.getArgumentTypes(factory);
            this.functional = Type.getReturnType(factory);
        }

        void write(String host, String method, Object[] arguments) {
            String[] interfaces = {functional.getInternalName()};
            writer.visit(version, ACC_FINAL | ACC_SUPER | ACC_SYNTHETIC, lambda, null, "java/lang/Object", interfaces);
            writer.visitNestHost(host);
            constructor();
            if (captured.length == 0) {
                singleton();
            } else {
                maker();
            }
            call(method, (Type) arguments[0], (Handle) arguments[1], (Type) arguments[2]);
            writer.visitEnd();
        }

        private void constructor() {
            for (int i = 0; i < captured.length; i++) {
                writer.visitField(ACC_PRIVATE | ACC_FINAL, "a" + i, captured[i].getDescriptor(), null, null).visitEnd();
            }
            String type = Type.getMethodDescriptor(Type.VOID_TYPE, captured);
            MethodVisitor code = begin(writer.visitMethod(ACC_PRIVATE, "<init>", type, null, null));
            code.visitVarInsn(ALOAD, 0);
            code.visitMethodInsn(INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
            int local = 1;
            for (int i = 0; i < captured.length; i++) {
                code.visitVarInsn(ALOAD, 0);
                code.visitVarInsn(captured[i].getOpcode(ILOAD), local);
                code.visitFieldInsn(PUTFIELD, lambda, "a" + i, captured[i].getDescriptor());
                local += captured[i].getSize();
            }
            end(code, RETURN);
        }

        /** What captures nothing is one object, as it is where the JDK makes the class. */
        private void singleton() {
            String field = "L" + lambda + ";";
            writer.visitField(ACC_PRIVATE | ACC_STATIC | ACC_FINAL, "ONE", field, null, null).visitEnd();
            MethodVisitor code = begin(writer.visitMethod(ACC_STATIC, "<clinit>", "()V", null, null));
            make(code);
            code.visitFieldInsn(PUTSTATIC, lambda, "ONE", field);
            end(code, RETURN);
            code = begin(writer.visitMethod(ACC_STATIC, VALUE, factory, null, null));
            code.visitFieldInsn(GETSTATIC, lambda, "ONE", field);
            end(code, ARETURN);
        }

        private void maker() {
            MethodVisitor code = begin(writer.visitMethod(ACC_STATIC, VALUE, factory, null, null));
            make(code);
            end(code, ARETURN);
        }

        private void make(MethodVisitor code) {
            code.visitTypeInsn(NEW, lambda);
            code.visitInsn(DUP);
            int local = 0;
            for (Type type : captured) {
                code.visitVarInsn(type.getOpcode(ILOAD), local);
                local += type.getSize();
            }
            String type = Type.getMethodDescriptor(Type.VOID_TYPE, captured);
            code.visitMethodInsn(INVOKESPECIAL, lambda, "<init>", type, false);
        }

        private void call(String method, Type erased, Handle body, Type instantiated) {
            MethodVisitor code = begin(writer.visitMethod(ACC_PUBLIC, method, erased.getDescriptor(), null, null));
            boolean makes = body.getTag() == H_NEWINVOKESPECIAL;
            Type owner = Type.getObjectType(body.getOwner());
            if (makes) {
                code.visitTypeInsn(NEW, body.getOwner());
                code.visitInsn(DUP);
            }
            List<Type> wanted = new ArrayList<>();
            if (!makes && body.getTag() != H_INVOKESTATIC) {
                wanted.add(owner);
            }
            wanted.addAll(List.of(Type.getArgumentTypes(body.getDesc())));
            for (int i = 0; i < captured.length; i++) {
                code.visitVarInsn(ALOAD, 0);
                code.visitFieldInsn(GETFIELD, lambda, "a" + i, captured[i].getDescriptor());
                Conversion.of(code, captured[i], wanted.get(i));
            }
            Type[] given = erased.getArgumentTypes();
            Type[] known = instantiated.getArgumentTypes();
            int local = 1;
            for (int i = 0; i < given.length; i++) {
                code.visitVarInsn(given[i].getOpcode(ILOAD), local);
                local += given[i].getSize();
                Conversion.of(code, given[i], known[i]);
                Conversion.of(code, known[i], wanted.get(captured.length + i));
            }
            code.visitMethodInsn(opcode(body), body.getOwner(), body.getName(), body.getDesc(), body.isInterface());
            Type result = makes ? owner : Type.getReturnType(body.getDesc());
            Type asked = erased.getReturnType();
            if (asked.getSort() == Type.VOID) {
                if (result.getSize() > 0) {
                    code.visitInsn(result.getSize() == 2 ? POP2 : POP);
                }
            } else {
                Type between = instantiated.getReturnType();
                Conversion.of(code, result, between);
                Conversion.of(code, between, asked);
            }
            end(code, asked.getOpcode(IRETURN));
        }

        private static int opcode(Handle body) {
            return switch (body.getTag()) {
                case H_INVOKESTATIC -> INVOKESTATIC;
                case H_NEWINVOKESPECIAL -> INVOKESPECIAL;
                // A private method of the same nest, which a plain call reaches.
                case H_INVOKESPECIAL, H_INVOKEVIRTUAL -> body.isInterface() ? INVOKEINTERFACE : INVOKEVIRTUAL;
                case H_INVOKEINTERFACE -> INVOKEINTERFACE;
                default -> throw new IllegalArgumentException(body.toString());
            };
        }

        private static MethodVisitor begin(MethodVisitor code) {
            code.visitCode();
            return code;
        }

        private static void end(MethodVisitor code, int opcode) {
            code.visitInsn(opcode);
            code.visitMaxs(0, 0);
            code.visitEnd();
        }
    }

    /** The conversions that a lambda's call makes: casts, boxing, unboxing, widening (LambdaMetafactory, class comment). */
    private static final class Conversion {
        private static final String NUMBERS = "CSBIJFD";

        static void of(MethodVisitor code, Type from, Type to) {
            if (from.equals(to)) {
                return;
            }
            boolean fromPrimitive = from.getSort() <= Type.DOUBLE;
            boolean toPrimitive = to.getSort() <= Type.DOUBLE;
            if (fromPrimitive && toPrimitive) {
                widen(code, from, to);
            } else if (fromPrimitive) {
                String box = box(from);
                code.visitMethodInsn(INVOKESTATIC, box, "valueOf", "(" + from + ")L" + box + ";", false);
            } else if (toPrimitive) {
                Type unboxed = unboxed(from, to);
                if (!from.getInternalName().equals(box(unboxed))) {
                    code.visitTypeInsn(CHECKCAST, box(unboxed));
                }
                code.visitMethodInsn(
                        INVOKEVIRTUAL, box(unboxed), unboxed.getClassName() + "Value", "()" + unboxed, false);
                widen(code, unboxed, to);
            } else if (!to.getInternalName().equals("java/lang/Object")) {
                code.visitTypeInsn(CHECKCAST, to.getInternalName());
            }
        }

        private static Type unboxed(Type from, Type otherwise) {
            for (Type type : List.of(
                    Type.BOOLEAN_TYPE, Type.CHAR_TYPE, Type.BYTE_TYPE, Type.SHORT_TYPE,
                    Type.INT_TYPE, Type.LONG_TYPE, Type.FLOAT_TYPE, Type.DOUBLE_TYPE)) {
                if (from.getInternalName().equals(box(type))) {
                    return type;
                }
            }
            return otherwise;
        }

        private static String box(Type type) {
            return switch (type.getSort()) {
                case Type.BOOLEAN -> "java/lang/Boolean";
                case Type.CHAR -> "java/lang/Character";
                case Type.BYTE -> "java/lang/Byte";
                case Type.SHORT -> "java/lang/Short";
                case Type.INT -> "java/lang/Integer";
                case Type.LONG -> "java/lang/Long";
                case Type.FLOAT -> "java/lang/Float";
                case Type.DOUBLE -> "java/lang/Double";
                default -> throw new IllegalArgumentException(type.toString());
            };
        }

        private static void widen(MethodVisitor code, Type from, Type to) {
            if (from.equals(to) || NUMBERS.indexOf(to.getDescriptor()) <= NUMBERS.indexOf('I')) {
                return;
            }
            String way = (NUMBERS.indexOf(from.getDescriptor()) <= NUMBERS.indexOf('I') ? "I" : from.toString()) + to;
            switch (way) {
                case "II" -> {}
                case "IJ" -> code.visitInsn(I2L);
                case "IF" -> code.visitInsn(I2F);
                case "ID" -> code.visitInsn(I2D);
                case "JF" -> code.visitInsn(L2F);
                case "JD" -> code.visitInsn(L2D);
                case "FD" -> code.visitInsn(F2D);
                default -> throw new IllegalArgumentException(way);
            }
        }
    }

    /** What java.lang.runtime.ObjectMethods makes, as plain code. The record lies in local 0. */
    private static final class RecordMethods {
        private final MethodVisitor code;
        private final String record;
        private final String[] names;
        private final List<Handle> fields = new ArrayList<>();

        /** @param arguments the record, its components' names, their getters */
        RecordMethods(MethodVisitor code, String record, Object[] arguments) {
            this.code = code;
            this.record = record;
            this.names = ((String) arguments[1]).split(";", -1);
            for (int i = 2; i < arguments.length; i++) {
                fields.add((Handle) arguments[i]);
            }
        }

        void hashCodes() {
            code.visitInsn(ICONST_0);
            for (Handle field : fields) {
                code.visitIntInsn(BIPUSH, 31);
                code.visitInsn(IMUL);
                load(0, field);
                Type type = type(field);
                if (type.getSort() <= Type.DOUBLE) {
                    code.visitMethodInsn(INVOKESTATIC, Conversion.box(type), "hashCode", "(" + type + ")I", false);
                } else {
                    code.visitMethodInsn(
                            INVOKESTATIC, "java/util/Objects", "hashCode", "(Ljava/lang/Object;)I", false);
                }
                code.visitInsn(IADD);
            }
            code.visitInsn(IRETURN);
        }

        void equality() {
            Label same = new Label();
            Label different = new Label();
            code.visitVarInsn(ALOAD, 1);
            code.visitTypeInsn(INSTANCEOF, record);
            code.visitJumpInsn(IFNE, same);
            code.visitInsn(ICONST_0);
            code.visitInsn(IRETURN);
            code.visitLabel(same);
            code.visitFrame(F_SAME, 0, null, 0, null);
            code.visitVarInsn(ALOAD, 1);
            code.visitTypeInsn(CHECKCAST, record);
            code.visitVarInsn(ASTORE, 2);
            for (Handle field : fields) {
                load(0, field);
                load(2, field);
                compare(type(field), different);
            }
            code.visitInsn(ICONST_1);
            code.visitInsn(IRETURN);
            if (!fields.isEmpty()) {
                code.visitLabel(different);
                code.visitFrame(F_APPEND, 1, new Object[] {record}, 0, null);
                code.visitInsn(ICONST_0);
                code.visitInsn(IRETURN);
            }
        }

        private void compare(Type type, Label different) {
            switch (type.getSort()) {
                case Type.BOOLEAN, Type.CHAR, Type.BYTE, Type.SHORT, Type.INT ->
                    code.visitJumpInsn(IF_ICMPNE, different);
                case Type.LONG, Type.FLOAT, Type.DOUBLE -> {
                    String types = "(" + type + type + ")I";
                    code.visitMethodInsn(INVOKESTATIC, Conversion.box(type), "compare", types, false);
                    code.visitJumpInsn(IFNE, different);
                }
                default -> {
                    String types = "(Ljava/lang/Object;Ljava/lang/Object;)Z";
                    code.visitMethodInsn(INVOKESTATIC, "java/util/Objects", "equals", types, false);
                    code.visitJumpInsn(IFEQ, different);
                }
            }
        }

        void text() {
            String builder = "java/lang/StringBuilder";
            code.visitTypeInsn(NEW, builder);
            code.visitInsn(DUP);
            code.visitMethodInsn(INVOKESPECIAL, builder, "<init>", "()V", false);
            String simple = record.substring(Math.max(record.lastIndexOf('/'), record.lastIndexOf('$')) + 1);
            for (int i = 0; i < fields.size(); i++) {
                append((i == 0 ? simple + "[" : ", ") + names[i] + "=");
                load(0, fields.get(i));
                Type type = type(fields.get(i));
                String given = type.getSort() > Type.DOUBLE
                        ? "Ljava/lang/Object;"
                        : type == Type.BYTE_TYPE || type == Type.SHORT_TYPE ? "I" : type.toString();
                code.visitMethodInsn(INVOKEVIRTUAL, builder, "append", "(" + given + ")L" + builder + ";", false);
            }
            append(fields.isEmpty() ? simple + "[]" : "]");
            code.visitMethodInsn(INVOKEVIRTUAL, builder, "toString", "()Ljava/lang/String;", false);
            code.visitInsn(ARETURN);
        }

        private void append(String text) {
            String builder = "java/lang/StringBuilder";
            code.visitLdcInsn(text);
            code.visitMethodInsn(
                    INVOKEVIRTUAL, builder, "append", "(Ljava/lang/String;)L" + builder + ";", false);
        }

        private void load(int local, Handle field) {
            code.visitVarInsn(ALOAD, local);
            code.visitFieldInsn(GETFIELD, record, field.getName(), field.getDesc());
        }

        private static Type type(Handle field) {
            return Type.getType(field.getDesc());
        }
    }
}
