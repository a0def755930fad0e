/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.attach;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** The TCP sockets at which a process listens, by the kernel's tables {@code net/tcp} and {@code net/tcp6}. */
final class ListeningSockets {
    private static final String LISTEN = "0A";
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private ListeningSockets() {}

    /**
     * The sockets' addresses, as a URL has them: {@code 127.0.0.1:9474}. For one that takes connections at any address of the
     * machine, the local one.
     *
     * @param table the text of a table
     * @param inodes the inodes of the process's sockets
     */
    static List<String> addresses(String table, Set<String> inodes) {
        List<String> addresses = new ArrayList<>();
        for (String line : table.split("\n", -1)) {
            String[] words = line.strip().split("\\s+", -1);
            if (words.length > INODE && words[STATE].equals(LISTEN) && inodes.contains(words[INODE])) {
                try {
                    addresses.add(address(words[LOCAL_ADDRESS]));
                } catch (UnknownHostException | RuntimeException notAsExpected) {
                    // Another kernel's format: this socket stays unknown.
                }
            }
        }
        return addresses;
    }

    /** The kernel prints each 32 bits of the address in the order of the machine. */
    private static String address(String text) throws UnknownHostException {
        int colon = text.indexOf(':');
        ByteBuffer printed = ByteBuffer.wrap(HexFormat.of().parseHex(text.substring(0, colon)));
        ByteBuffer ordered = ByteBuffer.allocate(printed.capacity()).order(ByteOrder.nativeOrder());
        while (printed.hasRemaining()) {
            ordered.putInt(printed.getInt());
        }
        InetAddress address = InetAddress.getByAddress(ordered.array());
        int port = Integer.parseInt(text.substring(colon + 1), 16);
        String host = address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
