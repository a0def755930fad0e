/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * The process's own output streams, in the encoding of the system rather than in that of the program's texts.
 *
 * <p>System.err is the host's: it may be another stream, be locked by a thread that waits for us, and writes in whatever
 * -Dfile.encoding says, UTF-16 too. Where the locale is C, as in most containers, nothing is known of the terminal: UTF-8
 * then, which shows what ASCII cannot.
 */
final class StandardStreams {
    private static final String FALLBACK = "UTF-8";

    private StandardStreams() {}

    /** Never throws; under a security manager that forbids a stream of our own it is the host's. */
    static PrintStream err() {
        try {
            return open(FileDescriptor.err, encoding(System.getProperty("stderr.encoding")));
        } catch (SecurityException forbidden) {
            return System.err;
        }
    }

    static PrintStream out() {
        return open(FileDescriptor.out, encoding(System.getProperty("stdout.encoding")));
    }

    /** Each call of its println is one write, so that lines of others do not get into ours. */
    private static PrintStream open(FileDescriptor file, String encoding) {
        FileOutputStream stream = new FileOutputStream(file);
        try {
            return new PrintStream(stream, true, encoding);
        } catch (UnsupportedEncodingException gone) {
            throw new IllegalStateException(encoding + " was found a moment ago", gone);
        }
    }

    private static String encoding(@Nullable String ofStream) {
        // Since Java 19; since Java 17; before.
        String[] candidates = {ofStream, System.getProperty("native.encoding"), System.getProperty("sun.jnu.encoding")};
        for (String candidate : candidates) {
            if (candidate != null) {
                return usable(candidate);
            }
        }
        return FALLBACK;
    }

    /** The system's encodings are the JDK's own: looking one up asks no provider of the host's. */
    static String usable(String encoding) {
        try {
            Charset charset = Charset.forName(encoding);
            boolean isOfSingleBytes = "wattle: \n".getBytes(encoding).length == "wattle: \n".length();
            boolean isAscii = charset.name().equals("US-ASCII");
            return isOfSingleBytes && !isAscii ? encoding : FALLBACK;
        } catch (Exception unknown) {
            return FALLBACK;
        }
    }
}
