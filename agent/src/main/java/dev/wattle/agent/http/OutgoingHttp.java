/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.http;

import dev.wattle.core.sampling.MeterThreads;
import java.lang.module.ModuleFinder;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests for one part of the meter, one at a time, on that part's own thread.
 *
 * <p>A request never throws: what went wrong is a {@link HttpReply.Failure}. It sends what it is given and nothing else: no
 * cookies, no credentials of the JVM, no redirects. docs/host-independence.md has what the JDK's client asks the program for
 * anyway. It needs the module {@code java.net.http}.
 *
 * <p>{@link #send} is for one thread, a daemon of the meter. {@link #close} may be called by any thread.
 */
public final class OutgoingHttp implements AutoCloseable {
    private static final String MODULE = "java.net.http";

    private final String name;
    private final ProxySettings proxies;
    private final RequestLimits limits;
    private final TaskThread tasks;
    private volatile boolean closed;
    private volatile @Nullable JdkClient client;

    /**
     * Starts nothing yet.
     *
     * @param name what comes after {@code wattle-} in the names of the threads, such as {@code intensity}
     */
    public OutgoingHttp(MeterThreads threads, String name, ProxySettings proxies, RequestLimits limits) {
        this.name = name;
        this.proxies = proxies;
        this.limits = limits;
        this.tasks = new TaskThread(threads, name + "-http");
    }

    /** Why this runtime cannot send requests, with the fix, in a phrase that continues a line; empty where it can. */
    public static Optional<String> unavailable() {
        // The boot layer lacks the module where a modular program does not require it.
        if (ModuleLayer.boot().findModule(MODULE).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                ModuleFinder.ofSystem().find(MODULE).isPresent()
                        ? "the program was started without the module " + MODULE + " (java --add-modules " + MODULE
                                + " adds it)"
                        : "this Java runtime has no module " + MODULE + " (jlink --add-modules " + MODULE
                                + " adds it)");
    }

    /**
     * Sends a request and waits for its whole answer, within the limits. A name service that does not answer can take longer.
     */
    public HttpReply send(OutgoingRequest request) {
        Optional<String> why = closed ? Optional.of("the run has ended") : unavailable();
        if (why.isPresent()) {
            return new HttpReply.Failure(HttpReply.Reason.INVALID, why.get());
        }
        try {
            JdkClient open = open();
            tasks.watch(TimeUnit.MILLISECONDS.toNanos(limits.answer().toMillis()));
            try {
                return open.answer(open.send(request));
            } finally {
                tasks.endWatch();
                // From here on no interrupt is ours.
                Thread.interrupted();
            }
        } catch (Throwable failure) {
            return FailureText.of(failure, request.uri(), limits);
        }
    }

    /** Ends its threads; a request in progress ends at once. */
    @Override
    public void close() {
        closed = true;
        tasks.close();
        JdkClient open = client;
        if (open != null) {
            open.close();
        }
    }

    private JdkClient open() throws Exception {
        JdkClient open = client;
        if (open == null) {
            open = new JdkClient(name, proxies, limits, tasks);
            client = open;
            if (closed) {
                open.close();
            }
        }
        return open;
    }
}
