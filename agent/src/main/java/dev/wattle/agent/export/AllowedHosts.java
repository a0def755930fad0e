/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.export;

import java.net.InetAddress;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whom a request may be meant for. A web page whose own name is made to point at this machine (DNS rebinding) may read
 * what the endpoint answers; but its browser says that name, and is turned away.
 *
 * <p>Right are the names and addresses of the loopback, the host that was configured, the address that the client
 * connected to, and what the user allows besides; the port does not matter, since a relay may have another one. Immutable.
 */
final class AllowedHosts {
    /** A name or an address, in brackets where it is one of IPv6, and perhaps a port. */
    private static final Pattern AUTHORITY =
            Pattern.compile("(?:\\[([0-9a-fA-F:.]+)(?:%[^\\]]*)?\\]|([\\w.-]*))(?::\\d*)?");

    private final boolean all;
    private final Set<String> names = new HashSet<>();
    private final Set<InetAddress> addresses = new HashSet<>();

    /** @param allowed names, addresses without brackets, or {@code *} for all that there are */
    AllowedHosts(Collection<String> allowed) {
        all = allowed.contains("*");
        names.add("localhost");
        for (String host : allowed) {
            Optional<InetAddress> address = NumericAddress.parse(host);
            address.ifPresentOrElse(addresses::add, () -> names.add(canonical(host)));
        }
    }

    /** Whether the host may be configured as one that is allowed. */
    static boolean isHost(String text) {
        return text.equals("*")
                || NumericAddress.parse(text).isPresent()
                || text.matches("[\\w-]+(\\.[\\w-]+)*\\.?") && !text.matches("[\\d.]+");
    }

    /**
     * Lets a request pass.
     *
     * @param local the address that the client connected to
     * @throws HttpError where it is meant for somebody else
     */
    void check(HttpRequest request, InetAddress local) throws HttpError {
        for (String authority : request.authorities()) {
            Matcher matcher = AUTHORITY.matcher(authority);
            if (!matcher.matches()) {
                throw new HttpError(400, "The host of the request is neither a name nor an address.");
            }
            if (!all && !isRight(matcher, local)) {
                throw new HttpError(
                        421,
                        "This is not the host that the request is meant for; http-hosts=NAME allows a further one.");
            }
        }
    }

    private boolean isRight(Matcher authority, InetAddress local) {
        String host = authority.group(1) == null ? authority.group(2) : authority.group(1);
        Optional<InetAddress> address = NumericAddress.parse(host);
        if (address.isEmpty()) {
            return names.contains(canonical(host));
        }
        return address.get().isLoopbackAddress()
                || addresses.contains(address.get())
                || address.get().equals(local);
    }

    /** Names tell no capitals from small letters, and a full one may end with a dot. */
    private static String canonical(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
