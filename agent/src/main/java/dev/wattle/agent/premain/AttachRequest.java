/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The agent's argument: configuration, or a request of the commands attach and detach.
 *
 * <p>A request names a directory of the tool, in which only the tool can create files. The configuration is in its file
 * {@value #ARGUMENTS}, because HotSpot takes at most 1,024 bytes on attach. The response is written to the same directory.
 */
public final class AttachRequest {
    /** The file with the configuration, in UTF-8. */
    public static final String ARGUMENTS = "arguments";

    private static final int MAX_BYTES = 1 << 20;
    private static final String ATTACH = "wattle-attach:";
    private static final String DETACH = "wattle-detach:";

    private final @Nullable String arguments;
    private final boolean detach;
    private final AttachResponse response;

    private AttachRequest(@Nullable String arguments, boolean detach, AttachResponse response) {
        this.arguments = arguments;
        this.detach = detach;
        this.response = response;
    }

    static AttachRequest of(@Nullable String argument) throws IOException {
        if (argument != null && argument.startsWith(ATTACH)) {
            File directory = new File(argument.substring(ATTACH.length()));
            return new AttachRequest(read(new File(directory, ARGUMENTS)), false, AttachResponse.into(directory));
        }
        if (argument != null && argument.startsWith(DETACH)) {
            return new AttachRequest(null, true, AttachResponse.into(new File(argument.substring(DETACH.length()))));
        }
        return new AttachRequest(argument, false, AttachResponse.none());
    }

    /** The argument that starts metering, with the configuration in the tool's directory. */
    public static String attach(String directory) {
        return ATTACH + directory;
    }

    /** The argument that ends metering. */
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

    AttachResponse response() {
        return response;
    }

    private static String read(File file) throws IOException {
        if (!file.isFile()) {
            throw new IOException("the tool's arguments are not in " + file);
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (InputStream in = new FileInputStream(file)) {
            byte[] buffer = new byte[1024];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                text.write(buffer, 0, n);
                if (text.size() > MAX_BYTES) {
                    throw new IOException("the tool's arguments are longer than " + MAX_BYTES + " bytes");
                }
            }
        }
        return text.toString("UTF-8");
    }
}
