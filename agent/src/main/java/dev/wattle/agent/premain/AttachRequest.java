/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * What the JVM hands the agent as its argument: configuration, or an errand of the commands attach and detach.
 *
 * <p>An errand names a directory of the tool that sent it, in which only that tool can make files. The configuration lies there in the file
 * {@value #ARGUMENTS}, since HotSpot takes no more than 1,024 bytes on attach; the answer is written there too.
 */
public final class AttachRequest {
    /** The file with what stood after the process's number, in UTF-8. */
    public static final String ARGUMENTS = "arguments";

    private static final int MOST_BYTES = 1 << 20;
    private static final String ATTACH = "wattle-attach:";
    private static final String DETACH = "wattle-detach:";

    private final @Nullable String arguments;
    private final boolean detach;
    private final AttachResponse reply;

    private AttachRequest(@Nullable String arguments, boolean detach, AttachResponse reply) {
        this.arguments = arguments;
        this.detach = detach;
        this.reply = reply;
    }

    static AttachRequest of(@Nullable String argument) throws IOException {
        if (argument != null && argument.startsWith(ATTACH)) {
            File directory = new File(argument.substring(ATTACH.length()));
            return new AttachRequest(read(new File(directory, ARGUMENTS)), false, AttachResponse.into(directory));
        }
        if (argument != null && argument.startsWith(DETACH)) {
            return new AttachRequest(null, true, AttachResponse.into(new File(argument.substring(DETACH.length()))));
        }
        return new AttachRequest(argument, false, AttachResponse.toNobody());
    }

    /** The argument that has a JVM metered, as the tool's configuration says. */
    public static String attach(String directory) {
        return ATTACH + directory;
    }

    /** The argument that ends the metering of a JVM. */
    public static String detach(String directory) {
        return DETACH + directory;
    }

    /** The configuration, or null. */
    @Nullable
    String arguments() {
        return arguments;
    }

    boolean isDetach() {
        return detach;
    }

    AttachResponse reply() {
        return reply;
    }

    private static String read(File file) throws IOException {
        if (!file.isFile()) {
            throw new IOException("the tool's arguments are gone from " + file);
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (InputStream in = new FileInputStream(file)) {
            byte[] buffer = new byte[1024];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                text.write(buffer, 0, n);
                if (text.size() > MOST_BYTES) {
                    throw new IOException("the tool's arguments are longer than " + MOST_BYTES + " bytes");
                }
            }
        }
        return text.toString("UTF-8");
    }
}
