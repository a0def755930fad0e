/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Native;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What JNA calls of java.util.logging, the package that takes its place inside the agent must have. */
class DetouredLoggingTest {
    private static final String THEIRS = "java/util/logging/";
    private static final String OURS = "dev/wattle/agent/log/jul/";

    @Test
    void hasEveryLevelAndEveryMethodThatJnaUses() throws Exception {
        Set<String> used = usedByJna();
        Set<String> ours = new TreeSet<>();
        for (String type : new String[] {"Level", "Logger"}) {
            Class<?> replacement = Class.forName((OURS + type).replace('/', '.'));
            for (Field field : replacement.getFields()) {
                ours.add(type + "." + field.getName() + " " + Type.getDescriptor(field.getType()));
            }
            for (Method method : replacement.getMethods()) {
                ours.add(type + "." + method.getName() + " " + Type.getMethodDescriptor(method));
            }
        }

        assertThat(used).contains("Level.WARNING L" + OURS + "Level;");
        assertThat(ours).containsAll(used);
    }

    private static Set<String> usedByJna() throws Exception {
        Set<String> used = new TreeSet<>();
        File jar = new File(
                Native.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (JarFile jna = new JarFile(jar)) {
            Stream<JarEntry> classes = jna.stream()
                    .filter(entry -> entry.getName().startsWith("com/sun/jna/")
                            && entry.getName().endsWith(".class"));
            for (JarEntry entry : classes.toList()) {
                try (InputStream in = jna.getInputStream(entry)) {
                    collect(in, used);
                }
            }
        }
        return used;
    }

    private static void collect(InputStream classFile, Set<String> used) throws IOException {
        ClassVisitor visitor = new ClassVisitor(Opcodes.ASM9) {
            @Override
            public MethodVisitor visitMethod(
                    int access,
                    String name,
                    String descriptor,
                    @Nullable String signature,
                    String @Nullable [] thrown) {
                return new MethodVisitor(Opcodes.ASM9) {
                    @Override
                    public void visitFieldInsn(int opcode, String owner, String field, String type) {
                        add(owner, field, type);
                    }

                    @Override
                    public void visitMethodInsn(
                            int opcode, String owner, String method, String type, boolean ofInterface) {
                        add(owner, method, type);
                    }
                };
            }

            private void add(String owner, String member, String type) {
                if (owner.startsWith(THEIRS)) {
                    used.add(owner.substring(THEIRS.length()) + "." + member + " " + type.replace(THEIRS, OURS));
                }
            }
        };
        new ClassReader(classFile).accept(visitor, ClassReader.SKIP_DEBUG);
    }
}
