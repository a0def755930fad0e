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
 * Finds members in the class files of a loader. It reads them as resources, so no class of the host is loaded. For the
 * transformation of one class, on one thread.
 */
final class ClassFileLocator {
    private static final int MEMBERS_ONLY = ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES;

    private final ClassLoader loader;
    private final String user;
    private final Map<String, ClassReader> readers = new HashMap<>();

    /** @param user the class that is going to access the members */
    ClassFileLocator(ClassLoader loader, ClassReader user) {
        this.loader = loader;
        this.user = user.getClassName();
        readers.put(this.user, user);
    }

    /** Whether the class can access the member of an object. */
    boolean has(Member member) {
        ClassReader owner = reader(member.owner());
        return owner != null
                && (isPublic(owner.getAccess()) || isInSamePackage(member.owner()))
                && isIn(member, member.owner());
    }

    /** Whether a class is an interface, whose methods take another call instruction. */
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
        reader.accept(search, MEMBERS_ONLY);
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

    /** Excludes protected members of a class in another package: access to them depends on the object. */
    private boolean isVisible(int access, String declaring) {
        boolean isPrivate = (access & Opcodes.ACC_PRIVATE) != 0;
        return isPublic(access) || declaring.equals(user) || !isPrivate && isInSamePackage(declaring);
    }

    private boolean isInSamePackage(String name) {
        return packageOf(name).equals(packageOf(user));
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
