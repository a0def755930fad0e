/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;
import org.jspecify.annotations.Nullable;

/** Loads the classes of jars under the names of other packages. */
final class MovedJars extends WovenJars {
    private final PackageMove move;
    private final PackageMove back;

    /** @param back the reverse of the move */
    MovedJars(URL[] jars, ClassWeaver weaver, PackageMove move, PackageMove back) {
        super(jars, weaver);
        this.move = move;
        this.back = back;
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        try (InputStream in = super.getResourceAsStream(back.of(name))) {
            if (in == null || !name.endsWith(".class")) {
                return null;
            }
            ClassWriter moved = new ClassWriter(0);
            new ClassReader(in.readAllBytes())
                    .accept(
                            new ClassRemapper(moved, new Remapper(Opcodes.ASM9) {
                                @Override
                                public String map(String internalName) {
                                    return move.of(internalName);
                                }
                            }),
                            0);
            return new ByteArrayInputStream(moved.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
