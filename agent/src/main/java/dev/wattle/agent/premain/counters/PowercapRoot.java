/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain.counters;

import org.jspecify.annotations.Nullable;

/**
 * Finds the powercap tree that the user has configured, before the configuration can be read. Asks the same places in the
 * same order, except for a properties file.
 */
final class PowercapRoot {
    private static final String KEY = "powercap-root";

    private PowercapRoot() {}

    /** The configured directory, or null. */
    static @Nullable String configured(@Nullable String arguments) {
        String text = argument(arguments);
        if (text == null) {
            text = System.getProperty("wattle." + KEY);
        }
        if (text == null) {
            text = System.getenv("WATTLE_POWERCAP_ROOT");
        }
        if (text == null || text.trim().isEmpty()) {
            return null;
        }
        text = text.trim();
        return text.startsWith("~/") ? System.getProperty("user.home") + text.substring(1) : text;
    }

    /** Splits the agent's arguments as the configuration does. */
    private static @Nullable String argument(@Nullable String arguments) {
        int start = 0;
        while (arguments != null && start < arguments.length()) {
            int comma = arguments.indexOf(',', start);
            int end = comma < 0 ? arguments.length() : comma;
            int equals = arguments.indexOf('=', start);
            if (equals >= 0
                    && equals < end
                    && arguments.substring(start, equals).trim().equals(KEY)) {
                return arguments.substring(equals + 1, end);
            }
            start = end + 1;
        }
        return null;
    }
}
