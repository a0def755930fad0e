/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain.loader;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Collections;
import java.util.Enumeration;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * Loads the agent's inside from the zone {@code inst/} of its jar, where classes end in {@code .classdata} so that no
 * other loader takes them.
 *
 * <p>Child first: the agent's JNA, oshi and slf4j are its own whatever the application carries. The way in, the bridge
 * and the public API come from the loader of this class, so that both sides share them. All else comes from the JDK only.
 * The jar is opened without verification and stays open with the loader. Parallel capable.
 */
public final class AgentClassLoader extends ClassLoader implements Closeable {
    static {
        registerAsParallelCapable();
    }

    private static final String ZONE = "inst/";

    /** The package itself, none below it: an application that has the library brings all of them. */
    private static final String API = "dev.wattle.";

    // The module jdk.attach is the system loader's and not the platform's.
    private static final String[] SHARED = {
        "dev.wattle.agent.premain.", "dev.wattle.agent.bridge.", "com.sun.tools.attach."
    };

    private final JarFile jar;
    private final String zoneUrl;
    private final ClassLoader platform;
    private final ClassLoader shared;

    private AgentClassLoader(JarFile jar, String zoneUrl, ClassLoader platform, ClassLoader shared) {
        super(platform);
        this.jar = jar;
        this.zoneUrl = zoneUrl;
        this.platform = platform;
        this.shared = shared;
    }

    public static AgentClassLoader open(File jar) throws IOException, ReflectiveOperationException {
        ClassLoader platform = platformLoader();
        // From the file's URL and not its name: only the former is escaped, and right on Windows.
        String zoneUrl = "jar:" + jar.toURI() + "!/" + ZONE;
        return new AgentClassLoader(
                new JarFile(jar, false), zoneUrl, platform, AgentClassLoader.class.getClassLoader());
    }

    private static ClassLoader platformLoader() throws ReflectiveOperationException {
        ClassLoader parent = ClassLoader.getSystemClassLoader().getParent();
        if (parent != null && System.getProperty("java.system.class.loader") == null) {
            return parent;
        }
        // Of Java 9, hence by reflection, which is slow the first time.
        return (ClassLoader)
                ClassLoader.class.getMethod("getPlatformClassLoader").invoke(null);
    }

    /** Overrides the method of Java 9, which no Java 8 compiler sees. */
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
        try (InputStream in = open(name.replace('.', '/') + ".class")) {
            return in == null ? null : JnaClassTransformer.of(name, readAll(in));
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    /** The platform loader of a modular application finds the application's modules too; those are not for us. */
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
        URL own = findResource(name);
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
            InputStream own = open(name);
            return own != null || isPrivate(name) ? own : platform.getResourceAsStream(name);
        } catch (IOException unreadable) {
            return null;
        }
    }

    /** A service file of the JDK's side, say one on the boot class path, names classes that are not ours. */
    private static boolean isPrivate(String name) {
        return name.startsWith("META-INF/");
    }

    @Override
    protected @Nullable URL findResource(String name) {
        if (jar.getEntry(entryName(name)) == null) {
            return null;
        }
        try {
            return new URL(null, zoneUrl + entryName(name).substring(ZONE.length()), new ZoneHandler(name));
        } catch (MalformedURLException e) {
            return null;
        } catch (SecurityException forbidden) {
            // By a security manager that came later. Resources are read by their names, which needs no URL.
            return null;
        }
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        URL own = findResource(name);
        return own == null
                ? Collections.<URL>emptyEnumeration()
                : Collections.enumeration(Collections.singletonList(own));
    }

    private @Nullable InputStream open(String resource) throws IOException {
        ZipEntry entry = jar.getEntry(entryName(resource));
        return entry == null ? null : jar.getInputStream(entry);
    }

    private static String entryName(String resource) {
        return ZONE + resource + (resource.endsWith(".class") ? "data" : "");
    }

    private static byte[] readAll(InputStream in) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(8192);
        byte[] buffer = new byte[8192];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            out.write(buffer, 0, n);
        }
        return out.toByteArray();
    }

    /**
     * Opens a URL of this zone by this loader. The JDK's own handler of such URLs is for the host to choose, by
     * URL.setURLStreamHandlerFactory, and keeps the jars it opens for the whole JVM.
     */
    private final class ZoneHandler extends URLStreamHandler {
        private final String resource;

        ZoneHandler(String resource) {
            this.resource = resource;
        }

        @Override
        protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
                @Override
                public void connect() {
                    connected = true;
                }

                @Override
                public InputStream getInputStream() throws IOException {
                    InputStream in = open(resource);
                    if (in == null) {
                        throw new FileNotFoundException(resource);
                    }
                    return in;
                }
            };
        }
    }

    @Override
    public void close() throws IOException {
        jar.close();
    }
}
