/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A class loader of a host. It defines the classes it is asked for, instrumented, and copies of some others. */
final class WeavingLoader extends ClassLoader {
    private final ClassWeaver weaver;
    private final Set<String> copied;

    WeavingLoader(ClassWeaver weaver, String... copied) {
        super(WeavingLoader.class.getClassLoader());
        this.weaver = weaver;
        this.copied = Set.of(copied);
    }

    Class<?> load(String name) throws IOException {
        byte[] instrumented = weave(name);
        byte[] bytes = instrumented == null ? original(name) : instrumented;
        return defineClass(name, bytes, 0, bytes.length);
    }

    byte @Nullable [] weave(String name) throws IOException {
        return weaver.transform(this, name.replace('.', '/'), null, null, original(name));
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!copied.contains(name)) {
            return super.loadClass(name, resolve);
        }
        try {
            byte[] bytes = original(name);
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    static byte[] original(String name) throws IOException {
        String resource = name.replace('.', '/') + ".class";
        try (InputStream in = WeavingLoader.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException(resource + " is not on the class path");
            }
            return in.readAllBytes();
        }
    }
}
