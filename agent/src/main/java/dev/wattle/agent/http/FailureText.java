/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.http;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** Makes the reason for a person out of an exception of the JDK's client. */
final class FailureText {
    private static final int MAX_LENGTH = 160;

    private FailureText() {}

    static HttpReply.Failure of(Throwable failure, URI uri, RequestLimits limits) {
        String host = uri.getAuthority();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BoundedBody.TooLarge) {
                return new HttpReply.Failure(
                        HttpReply.Reason.TOO_LARGE, "an answer of more than " + limits.maxBodyBytes() + " bytes");
            }
            if (cause instanceof InterruptedException || cause instanceof HttpTimeoutException) {
                return timedOut(limits);
            }
            if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
                return new HttpReply.Failure(HttpReply.Reason.UNKNOWN_HOST, "no address is known for " + uri.getHost());
            }
            if (cause instanceof SSLException) {
                return new HttpReply.Failure(
                        HttpReply.Reason.NOT_TRUSTED, "no trusted connection to " + host + ": " + line(cause));
            }
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
                return new HttpReply.Failure(HttpReply.Reason.REFUSED, host + " cannot be reached");
            }
        }
        return failure instanceof IllegalArgumentException
                // Its message may quote a header.
                ? new HttpReply.Failure(HttpReply.Reason.INVALID, "the request cannot be sent")
                : new HttpReply.Failure(HttpReply.Reason.BROKEN, "no valid answer from " + host + ": " + line(failure));
    }

    static HttpReply.Failure timedOut(RequestLimits limits) {
        return new HttpReply.Failure(HttpReply.Reason.TIMED_OUT, "no answer within " + seconds(limits.answer()));
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    private static String line(Throwable cause) {
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        String line = message.replaceAll("[^\\x20-\\x7E]", "?");
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "...";
    }
}
