/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The number of files that this process may open. */
final class OpenFileLimit {

    private static final Pattern LINE = Pattern.compile("(?m)^Max open files +(\\d+|unlimited)");

    private OpenFileLimit() {}

    /** The limit in force, {@link Long#MAX_VALUE} if there is none, or 0 if unknown. */
    static long of(Path procRoot) {
        try {
            String limits = new String(
                    Files.readAllBytes(procRoot.resolve("self").resolve("limits")), StandardCharsets.ISO_8859_1);
            Matcher line = LINE.matcher(limits);
            if (!line.find()) {
                return 0;
            }
            return line.group(1).equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(line.group(1));
        } catch (IOException | NumberFormatException unknown) {
            return 0;
        }
    }
}
