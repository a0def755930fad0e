/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.export;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Resolves the address to listen at. Names are looked up in the machine's hosts file only: the host can replace the JDK's name
 * service, its first use chooses it for the whole JVM, and it may wait for a network.
 */
final class ListenAddress {
    private static final int MAX_BYTES = 1 << 20;

    private ListenAddress() {}

    /**
     * @param host a name, or an address without brackets
     * @throws IOException where the name is unknown
     */
    static InetAddress of(String host) throws IOException {
        return of(host, hostsFile());
    }

    static InetAddress of(String host, File hosts) throws IOException {
        Optional<InetAddress> numeric = NumericAddress.parse(host);
        if (numeric.isPresent()) {
            return numeric.get();
        }
        if (host.equalsIgnoreCase("localhost")) {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        }
        for (String line : text(hosts).split("\\R", -1)) {
            String[] words = line.replaceFirst("#.*", "").strip().split("\\s+", -1);
            if (Arrays.stream(words).skip(1).anyMatch(host::equalsIgnoreCase)) {
                Optional<InetAddress> found = NumericAddress.parse(words[0]);
                if (found.isPresent()) {
                    return found.get();
                }
            }
        }
        throw new IOException("the host name " + host + " is not in " + hosts
                + "; http=ADDRESS:PORT takes an address, and 0.0.0.0 is all of this machine");
    }

    private static File hostsFile() {
        String windows = System.getenv("SystemRoot");
        return windows == null ? new File("/etc/hosts") : new File(windows, "System32\\drivers\\etc\\hosts");
    }

    private static String text(File hosts) {
        try (RandomAccessFile file = new RandomAccessFile(hosts, "r")) {
            byte[] bytes = new byte[(int) Math.min(file.length(), MAX_BYTES)];
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            return "";
        }
    }
}
