/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.log.jul;

import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Makes warnings lines of the agent, and drops what is less. Thread-safe. */
public final class Logger {
    private final String name;

    private Logger(String name) {
        this.name = name;
    }

    public static Logger getLogger(String name) {
        return new Logger(name);
    }

    public boolean isLoggable(Level level) {
        return level.compareTo(Level.WARNING) >= 0;
    }

    public void log(Level level, String message) {
        log(level, message, (Throwable) null);
    }

    public void log(Level level, String message, @Nullable Object parameter) {
        log(level, message, new @Nullable Object[] {parameter});
    }

    public void log(Level level, String message, @Nullable Object[] parameters) {
        if (isLoggable(level)) {
            log(level, filled(message, parameters), (Throwable) null);
        }
    }

    /** MessageFormat would ask the host's providers how numbers are written. */
    private static String filled(String message, @Nullable Object[] parameters) {
        String text = message.replace("''", "'");
        for (int i = 0; i < parameters.length; i++) {
            text = text.replace("{" + i + "}", String.valueOf(parameters[i]));
        }
        return text;
    }

    public void log(Level level, String message, @Nullable Throwable thrown) {
        if (isLoggable(level)) {
            LoggerFactory.getLogger(name).warn(message, thrown);
        }
    }
}
