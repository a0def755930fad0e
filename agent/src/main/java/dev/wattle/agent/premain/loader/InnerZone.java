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
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * The entries under {@code inst/} in the agent's jar, where classes end in {@code .classdata} so that no other loader
 * finds them. The jar is opened without verification. Thread-safe.
 */
final class InnerZone implements Closeable {
    private static final String PREFIX = "inst/";
    private static final int BUFFER_BYTES = 8192;

    private final JarFile jar;
    private final String url;

    private InnerZone(JarFile jar, String url) {
        this.jar = jar;
        this.url = url;
    }

    static InnerZone open(File jar) throws IOException {
        // From the file's URL, not its name: only the URL is escaped, and right on Windows.
        return new InnerZone(new JarFile(jar, false), "jar:" + jar.toURI() + "!/" + PREFIX);
    }

    /** The content of a resource, or null. */
    @Nullable
    InputStream stream(String resource) throws IOException {
        ZipEntry entry = jar.getEntry(entryName(resource));
        return entry == null ? null : jar.getInputStream(entry);
    }

    /** The content of a resource, or null. */
    byte @Nullable [] bytes(String resource) throws IOException {
        try (InputStream in = stream(resource)) {
            if (in == null) {
                return null;
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream(BUFFER_BYTES);
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
            }
            return out.toByteArray();
        }
    }

    /** The URL of a resource, or null. */
    @Nullable
    URL url(String resource) {
        if (jar.getEntry(entryName(resource)) == null) {
            return null;
        }
        try {
            return new URL(null, url + entryName(resource).substring(PREFIX.length()), new Handler(resource));
        } catch (MalformedURLException e) {
            return null;
        } catch (SecurityException forbidden) {
            // By a security manager that was set later. Streams need no URL.
            return null;
        }
    }

    private static String entryName(String resource) {
        return PREFIX + resource + (resource.endsWith(".class") ? "data" : "");
    }

    @Override
    public void close() throws IOException {
        jar.close();
    }

    /**
     * Opens a URL of this zone. The JDK's handler is not used: the host can replace it by URL.setURLStreamHandlerFactory,
     * and it caches the jars it opens for the whole JVM.
     */
    private final class Handler extends URLStreamHandler {
        private final String resource;

        Handler(String resource) {
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
                    InputStream in = stream(resource);
                    if (in == null) {
                        throw new FileNotFoundException(resource);
                    }
                    return in;
                }
            };
        }
    }
}
