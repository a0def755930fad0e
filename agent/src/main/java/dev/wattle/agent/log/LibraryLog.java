/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.log;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/**
 * Makes slf4j loggers for the libraries inside the agent: each warning and error is logged once as a line; lower levels are
 * dropped.
 *
 * <p>Without it slf4j would write to the host's standard error, and Micrometer would use java.util.logging and so choose the
 * host's LogManager before the host does. Thread-safe.
 */
public final class LibraryLog implements ILoggerFactory {
    /** Bounds the memory for lines that were logged. */
    private static final int MAX_LINES = 100;

    private static final Set<String> LOGGED = ConcurrentHashMap.newKeySet();
    private static volatile @Nullable Consumer<String> sink;

    LibraryLog() {}

    /** Sends lines to the sink from now on; before the first call they are dropped. */
    public static void to(Consumer<String> newSink) {
        sink = newSink;
    }

    @Override
    public Logger getLogger(String name) {
        return new LineLogger(name);
    }

    private static void log(String line) {
        Consumer<String> current = sink;
        if (current != null && LOGGED.size() < MAX_LINES && LOGGED.add(line)) {
            current.accept(line);
        }
    }

    private static final class LineLogger extends LegacyAbstractLogger {
        private static final long serialVersionUID = 1;

        LineLogger(String name) {
            this.name = name;
        }

        @Override
        public boolean isTraceEnabled() {
            return false;
        }

        @Override
        public boolean isDebugEnabled() {
            return false;
        }

        @Override
        public boolean isInfoEnabled() {
            return false;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }

        @Override
        protected @Nullable String getFullyQualifiedCallerName() {
            return null;
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level,
                @Nullable Marker marker,
                String pattern,
                @Nullable Object @Nullable [] arguments,
                @Nullable Throwable thrown) {
            String text = MessageFormatter.basicArrayFormat(pattern, arguments);
            LibraryLog.log(name.substring(name.lastIndexOf('.') + 1) + ": " + text
                    + (thrown == null ? "" : " (" + thrown + ")"));
        }
    }
}
