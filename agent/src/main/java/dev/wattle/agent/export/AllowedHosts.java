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
 * The hosts that a request may be addressed to. This prevents DNS rebinding: a web page whose name is made to resolve to this
 * machine could read the endpoint, but the browser sends that name, and such a request is refused.
 *
 * <p>Allowed are the loopback's names and addresses, the configured host, the address that the client connected to, and
 * the hosts of {@code http-hosts}. The port is ignored, since a relay may have another one. Immutable.
 */
final class AllowedHosts {
    /** A name or an address (IPv6 in brackets), with an optional port. */
    private static final Pattern AUTHORITY =
            Pattern.compile("(?:\\[([0-9a-fA-F:.]+)(?:%[^\\]]*)?\\]|([\\w.-]*))(?::\\d*)?");

    private final boolean all;
    private final Set<String> names = new HashSet<>();
    private final Set<InetAddress> addresses = new HashSet<>();

    /** @param allowed names, addresses without brackets, or {@code *} for all */
    AllowedHosts(Collection<String> allowed) {
        all = allowed.contains("*");
        names.add("localhost");
        for (String host : allowed) {
            Optional<InetAddress> address = NumericAddress.parse(host);
            address.ifPresentOrElse(addresses::add, () -> names.add(canonical(host)));
        }
    }

    /** Whether the text is a name, an address without brackets, or {@code *}. */
    static boolean isHost(String text) {
        return text.equals("*")
                || NumericAddress.parse(text).isPresent()
                || text.matches("[\\w-]+(\\.[\\w-]+)*\\.?") && !text.matches("[\\d.]+");
    }

    /**
     * Checks the host of a request.
     *
     * @param local the address that the client connected to
     * @throws HttpError where the host is not allowed
     */
    void check(HttpRequest request, InetAddress local) throws HttpError {
        for (String authority : request.authorities()) {
            Matcher matcher = AUTHORITY.matcher(authority);
            if (!matcher.matches()) {
                throw new HttpError(400, "The host of the request is neither a name nor an address.");
            }
            if (!all && !isAllowed(matcher, local)) {
                throw new HttpError(
                        421, "The request is addressed to another host; http-hosts=NAME allows a further one.");
            }
        }
    }

    private boolean isAllowed(Matcher authority, InetAddress local) {
        String host = authority.group(1) == null ? authority.group(2) : authority.group(1);
        Optional<InetAddress> address = NumericAddress.parse(host);
        if (address.isEmpty()) {
            return names.contains(canonical(host));
        }
        return address.get().isLoopbackAddress()
                || addresses.contains(address.get())
                || address.get().equals(local);
    }

    /** Host names ignore case, and a fully qualified one may end with a dot. */
    private static String canonical(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
