/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.export;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Internet addresses in figures, read without asking any name service. */
final class NumericAddress {
    private static final String PART = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern FOUR = Pattern.compile(PART + "\\." + PART + "\\." + PART + "\\." + PART);
    /** The JDK takes what begins so and holds a colon for figures, and never looks it up. */
    private static final Pattern SIX = Pattern.compile("(?=[^:]*:[^:]*:)[0-9a-fA-F:][0-9a-fA-F:.]*(%[\\w.-]+)?");

    private NumericAddress() {}

    /** @param text such as {@code 127.0.0.1} or {@code ::1}, without brackets; empty where it is a name */
    static Optional<InetAddress> parse(String text) {
        try {
            Matcher four = FOUR.matcher(text);
            if (four.matches()) {
                byte[] bytes = new byte[4];
                for (int i = 0; i < 4; i++) {
                    bytes[i] = (byte) Integer.parseInt(four.group(i + 1));
                }
                return Optional.of(InetAddress.getByAddress(bytes));
            }
            return SIX.matcher(text).matches() ? Optional.of(InetAddress.getByName(text)) : Optional.empty();
        } catch (UnknownHostException notAnAddress) {
            return Optional.empty();
        }
    }
}
