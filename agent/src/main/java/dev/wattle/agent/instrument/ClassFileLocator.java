/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * The class files that a loader finds, read as resources: looking up a member loads no class. For the weaving of one
 * class, on one thread.
 */
final class ClassFileLocator {
    private static final int SHAPE_ONLY = ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES;

    private final ClassLoader loader;
    private final String woven;
    private final Map<String, ClassReader> readers = new HashMap<>();

    /** @param woven the class that is going to use what is found */
    ClassFileLocator(ClassLoader loader, ClassReader woven) {
        this.loader = loader;
        this.woven = woven.getClassName();
        readers.put(this.woven, woven);
    }

    /** Whether the woven class can read the member of an object. */
    boolean has(Member member) {
        ClassReader owner = reader(member.owner());
        return owner != null && (isPublic(owner.getAccess()) || isNear(member.owner())) && isIn(member, member.owner());
    }

    /** Whether a class is an interface, which takes another instruction to call. */
    boolean isInterface(String name) {
        ClassReader reader = reader(name);
        return reader != null && (reader.getAccess() & Opcodes.ACC_INTERFACE) != 0;
    }

    private boolean isIn(Member member, String declaring) {
        ClassReader reader = reader(declaring);
        if (reader == null) {
            return false;
        }
        Search search = new Search(member);
        reader.accept(search, SHAPE_ONLY);
        if (search.found) {
            return (search.access & Opcodes.ACC_STATIC) == 0 && isVisible(search.access, declaring);
        }
        String parent = reader.getSuperName();
        if (parent != null && isIn(member, parent)) {
            return true;
        }
        for (String inherited : reader.getInterfaces()) {
            if (isIn(member, inherited)) {
                return true;
            }
        }
        return false;
    }

    /** Protected members of a class elsewhere are not wanted: their rules depend on the object. */
    private boolean isVisible(int access, String declaring) {
        boolean isPrivate = (access & Opcodes.ACC_PRIVATE) != 0;
        return isPublic(access) || declaring.equals(woven) || !isPrivate && isNear(declaring);
    }

    private boolean isNear(String name) {
        return packageOf(name).equals(packageOf(woven));
    }

    private static boolean isPublic(int access) {
        return (access & Opcodes.ACC_PUBLIC) != 0;
    }

    private static String packageOf(String name) {
        return name.substring(0, name.lastIndexOf('/') + 1);
    }

    private @Nullable ClassReader reader(String name) {
        ClassReader known = readers.get(name);
        if (known != null) {
            return known;
        }
        try (InputStream in = loader.getResourceAsStream(name + ".class")) {
            if (in == null) {
                return null;
            }
            ClassReader read = new ClassReader(in.readAllBytes());
            readers.put(name, read);
            return read;
        } catch (IOException | IllegalArgumentException unreadable) {
            return null;
        }
    }

    private static final class Search extends ClassVisitor {
        private final Member member;
        private boolean found;
        private int access;

        Search(Member member) {
            super(Opcodes.ASM9);
            this.member = member;
        }

        @Override
        public @Nullable FieldVisitor visitField(
                int access, String name, String descriptor, @Nullable String signature, @Nullable Object value) {
            look(access, name, descriptor);
            return null;
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access, String name, String descriptor, @Nullable String signature, String @Nullable [] thrown) {
            look(access, name, descriptor);
            return null;
        }

        private void look(int access, String name, String descriptor) {
            if (member.name().equals(name) && member.descriptor().equals(descriptor)) {
                found = true;
                this.access = access;
            }
        }
    }
}
