/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain.loader;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * Loads the agent's classes and libraries from the {@link InnerZone} of its jar.
 *
 * <p>Child first: the agent uses its own JNA, oshi and slf4j, whatever the application has. The premain package, the bridge
 * and the public API come from the loader of this class, so that both sides share them. Everything else comes from the
 * JDK. The jar stays open until the loader is closed. Parallel capable.
 */
public final class AgentClassLoader extends ClassLoader implements Closeable {
    static {
        registerAsParallelCapable();
    }

    /** The package itself, not its subpackages, which an application with the library has too. */
    private static final String API = "dev.wattle.";

    // The system loader defines the module jdk.attach, not the platform loader.
    private static final String[] SHARED = {
        "dev.wattle.agent.premain.", "dev.wattle.agent.bridge.", "com.sun.tools.attach."
    };

    private final InnerZone zone;
    private final ClassLoader platform;
    private final ClassLoader shared;

    private AgentClassLoader(InnerZone zone, ClassLoader platform, ClassLoader shared) {
        super(platform);
        this.zone = zone;
        this.platform = platform;
        this.shared = shared;
    }

    /** Opens the jar; the caller closes the loader. */
    public static AgentClassLoader open(File jar) throws IOException, ReflectiveOperationException {
        ClassLoader platform = platformLoader();
        return new AgentClassLoader(InnerZone.open(jar), platform, AgentClassLoader.class.getClassLoader());
    }

    private static ClassLoader platformLoader() throws ReflectiveOperationException {
        ClassLoader parent = ClassLoader.getSystemClassLoader().getParent();
        if (parent != null && System.getProperty("java.system.class.loader") == null) {
            return parent;
        }
        // A method of Java 9, called by reflection, whose first use is slow.
        return (ClassLoader)
                ClassLoader.class.getMethod("getPlatformClassLoader").invoke(null);
    }

    /** Overrides a method of Java 9, which a Java 8 compiler does not know. */
    public String getName() {
        return "wattle";
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (isShared(name)) {
            return shared.loadClass(name);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> type = findLoadedClass(name);
            if (type == null) {
                byte[] bytes = classBytes(name);
                type = bytes == null
                        ? fromPlatform(name)
                        : defineClass(name, bytes, 0, bytes.length, AgentClassLoader.class.getProtectionDomain());
            }
            if (resolve) {
                resolveClass(type);
            }
            return type;
        }
    }

    private static boolean isShared(String name) {
        for (String prefix : SHARED) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return name.startsWith(API) && name.indexOf('.', API.length()) < 0;
    }

    private byte @Nullable [] classBytes(String name) throws ClassNotFoundException {
        try {
            byte[] bytes = zone.bytes(name.replace('.', '/') + ".class");
            return bytes == null ? null : JnaClassTransformer.of(name, bytes);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    /** The platform loader of a modular application also finds the application's modules, which are excluded. */
    private Class<?> fromPlatform(String name) throws ClassNotFoundException {
        Class<?> type = platform.loadClass(name);
        ClassLoader loader = type.getClassLoader();
        if (loader != null && loader != platform) {
            throw new ClassNotFoundException(name);
        }
        return type;
    }

    @Override
    public @Nullable URL getResource(String name) {
        URL own = zone.url(name);
        return own != null || isPrivate(name) ? own : platform.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        Enumeration<URL> own = findResources(name);
        return own.hasMoreElements() || isPrivate(name) ? own : platform.getResources(name);
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        try {
            InputStream own = zone.stream(name);
            return own != null || isPrivate(name) ? own : platform.getResourceAsStream(name);
        } catch (IOException unreadable) {
            return null;
        }
    }

    /** A service file outside the zone, such as one on the boot class path, names classes that are not the agent's. */
    private static boolean isPrivate(String name) {
        return name.startsWith("META-INF/");
    }

    @Override
    protected @Nullable URL findResource(String name) {
        return zone.url(name);
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        URL own = zone.url(name);
        return own == null
                ? Collections.<URL>emptyEnumeration()
                : Collections.enumeration(Collections.singletonList(own));
    }

    @Override
    public void close() throws IOException {
        zone.close();
    }
}
