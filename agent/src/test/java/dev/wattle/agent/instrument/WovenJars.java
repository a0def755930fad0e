/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import dev.wattle.agent.bridge.TrainingBridge;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Loads classes from jars or folders and instruments them. Its parent has only the JDK and the bridge. */
class WovenJars extends URLClassLoader {
    private final ClassWeaver weaver;
    private final List<String> woven = new ArrayList<>();

    WovenJars(URL[] jars, ClassWeaver weaver) {
        super(jars, new BridgeOnly());
        this.weaver = weaver;
    }

    /** The classes that were changed. */
    List<String> woven() {
        return woven;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] original = in.readAllBytes();
            byte @Nullable [] changed = weaver.transform(this, name.replace('.', '/'), null, null, original);
            if (changed != null) {
                woven.add(name);
            }
            byte[] bytes = changed == null ? original : changed;
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private static final class BridgeOnly extends ClassLoader {
        BridgeOnly() {
            super(getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.equals(TrainingBridge.class.getName())) {
                return TrainingBridge.class;
            }
            throw new ClassNotFoundException(name);
        }
    }
}
