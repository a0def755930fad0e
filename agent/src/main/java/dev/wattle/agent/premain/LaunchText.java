/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Restores arguments and variables that the JVM could not decode. With the locale C, as in most containers, it replaces
 * every byte that is not ASCII. On Linux, /proc has the bytes, which are decoded as UTF-8.
 */
public final class LaunchText {
    private static final char REPLACEMENT = '\uFFFD';

    private final String directory;

    LaunchText(String directory) {
        this.directory = directory;
    }

    /** Reads what this process was started with; changes nothing outside Linux. */
    public static LaunchText ofThisProcess() {
        return new LaunchText("/proc/self");
    }

    /** The arguments of the main class. */
    String[] words(String[] decoded) {
        String[] words = decoded.clone();
        String[] all = null;
        for (int i = 0; i < words.length; i++) {
            if (isLossy(words[i])) {
                all = all == null ? entries("cmdline") : all;
                int place = all.length - words.length + i;
                words[i] = place >= 0 && isDecodedFrom(all[place], words[i]) ? all[place] : words[i];
            }
        }
        return words;
    }

    /** The environment variables. */
    public Map<String, String> environment(Map<String, String> decoded) {
        Map<String, String> environment = new HashMap<String, String>(decoded);
        String[] all = null;
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            if (isLossy(variable.getValue())) {
                all = all == null ? entries("environ") : all;
                variable.setValue(after(variable.getKey() + "=", variable.getValue(), all));
            }
        }
        return environment;
    }

    /** The value of a system property that the command line sets. */
    public @Nullable String property(String name, @Nullable String decoded) {
        return decoded != null && isLossy(decoded) ? after("-D" + name + "=", decoded, entries("cmdline")) : decoded;
    }

    private static String after(String prefix, String decoded, String[] entries) {
        String found = decoded;
        for (String entry : entries) {
            // The last one counts, as in the JVM.
            if (entry.startsWith(prefix) && isDecodedFrom(entry.substring(prefix.length()), decoded)) {
                found = entry.substring(prefix.length());
            }
        }
        return found;
    }

    private static boolean isLossy(String text) {
        return text.indexOf(REPLACEMENT) >= 0;
    }

    /** Whether the JVM can have decoded the text to the other: their ASCII characters are the same. */
    private static boolean isDecodedFrom(String text, String decoded) {
        return text.replaceAll("[^\\x00-\\x7F]", "").equals(decoded.replaceAll("[^\\x00-\\x7F]", ""));
    }

    private String[] entries(String file) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (InputStream in = new FileInputStream(directory + "/" + file)) {
            byte[] buffer = new byte[4096];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                text.write(buffer, 0, n);
            }
            return text.toString("UTF-8").split("\0");
        } catch (IOException notLinux) {
            return new String[0];
        }
    }
}
