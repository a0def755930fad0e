/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * Opens the process's standard output and standard error, in the encoding of the system.
 *
 * <p>System.err belongs to the host: it may be another stream, a thread that waits for us may have locked it, and its
 * encoding is that of -Dfile.encoding, which can be UTF-16. With the locale C, as in most containers, the terminal's
 * encoding is unknown, and UTF-8 is used.
 */
final class StandardStreams {
    private static final String FALLBACK = "UTF-8";

    private StandardStreams() {}

    /** Standard error; the host's System.err where a security manager forbids opening it. Never throws. */
    static PrintStream err() {
        try {
            return open(FileDescriptor.err, encoding(System.getProperty("stderr.encoding")));
        } catch (SecurityException forbidden) {
            return System.err;
        }
    }

    /** Standard output, for a command's own process. */
    static PrintStream out() {
        return open(FileDescriptor.out, encoding(System.getProperty("stdout.encoding")));
    }

    /** Opens a stream whose println is one write, so that lines of others do not mix with ours. */
    private static PrintStream open(FileDescriptor file, String encoding) {
        FileOutputStream stream = new FileOutputStream(file);
        try {
            return new PrintStream(stream, true, encoding);
        } catch (UnsupportedEncodingException impossible) {
            throw new IllegalStateException(encoding + " was supported before", impossible);
        }
    }

    private static String encoding(@Nullable String ofStream) {
        // Set since Java 19, since Java 17, and before.
        String[] candidates = {ofStream, System.getProperty("native.encoding"), System.getProperty("sun.jnu.encoding")};
        for (String candidate : candidates) {
            if (candidate != null) {
                return usable(candidate);
            }
        }
        return FALLBACK;
    }

    /** The encoding if it extends ASCII, else UTF-8. The JDK has the system's encodings, so no provider of the host is asked. */
    static String usable(String encoding) {
        try {
            Charset charset = Charset.forName(encoding);
            boolean extendsAscii = "wattle: \n".getBytes(encoding).length == "wattle: \n".length();
            boolean isAscii = charset.name().equals("US-ASCII");
            return extendsAscii && !isAscii ? encoding : FALLBACK;
        } catch (Exception unknown) {
            return FALLBACK;
        }
    }
}
