/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.export;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses numeric IP addresses without a name service. */
final class NumericAddress {
    private static final String PART = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile(PART + "\\." + PART + "\\." + PART + "\\." + PART);
    /** The JDK takes a text like this for a numeric address and never looks it up. */
    private static final Pattern IPV6 = Pattern.compile("(?=[^:]*:[^:]*:)[0-9a-fA-F:][0-9a-fA-F:.]*(%[\\w.-]+)?");

    private NumericAddress() {}

    /**
     * Parses an address.
     *
     * @param text such as {@code 127.0.0.1} or {@code ::1}, without brackets
     * @return empty where it is not a numeric address
     */
    static Optional<InetAddress> parse(String text) {
        try {
            Matcher ipv4 = IPV4.matcher(text);
            if (ipv4.matches()) {
                byte[] bytes = new byte[4];
                for (int i = 0; i < 4; i++) {
                    bytes[i] = (byte) Integer.parseInt(ipv4.group(i + 1));
                }
                return Optional.of(InetAddress.getByAddress(bytes));
            }
            return IPV6.matcher(text).matches() ? Optional.of(InetAddress.getByName(text)) : Optional.empty();
        } catch (UnknownHostException notAnAddress) {
            return Optional.empty();
        }
    }
}
