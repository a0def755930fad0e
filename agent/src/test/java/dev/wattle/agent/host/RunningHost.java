/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.host;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A started JVM. Closing kills it if it still runs. */
public final class RunningHost implements AutoCloseable {
    private static final Pattern ENDPOINT = Pattern.compile("live at (http://\\S+/)\\R");
    private static final long POLL_NANOS = 20_000_000;

    private final Process process;
    private final List<String> command;
    private final Path workingDirectory;
    private final Duration timeout;
    private final CapturedStream stdout;
    private final CapturedStream stderr;

    RunningHost(Process process, List<String> command, Path workingDirectory, Duration timeout) {
        this.process = process;
        this.command = command;
        this.workingDirectory = workingDirectory;
        this.timeout = timeout;
        this.stdout = CapturedStream.of(process.getInputStream(), "host-stdout");
        this.stderr = CapturedStream.of(process.getErrorStream(), "host-stderr");
    }

    public long pid() {
        return process.pid();
    }

    /** The program's standard input. */
    public OutputStream stdin() {
        return process.getOutputStream();
    }

    /** Waits until standard output contains {@code text}; fails after the JVM's timeout or at its end. */
    public void awaitStdout(String text) {
        await(stdout, text);
    }

    /** Waits until standard error contains {@code text}; fails after the JVM's timeout or at its end. */
    public void awaitStderr(String text) {
        await(stderr, text);
    }

    /** Ends the program's standard input. */
    public void endInput() {
        try {
            stdin().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the agent reports its live page; returns the address of its metrics. */
    public URI awaitEndpoint() {
        awaitStderr("; live at http://");
        await("its live page", () -> ENDPOINT.matcher(stderr.soFar()).find());
        Matcher endpoint = ENDPOINT.matcher(stderr.soFar());
        if (!endpoint.find()) {
            throw new AssertionError("no endpoint: " + said());
        }
        return URI.create(endpoint.group(1)).resolve("/metrics");
    }

    /** Waits until something outside the streams holds; fails after the JVM's timeout or at its end. */
    public void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0 || !process.isAlive()) {
                throw new AssertionError("never saw " + what + ": " + said());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** What it has written to standard output until now. */
    public String stdoutSoFar() {
        return stdout.soFar();
    }

    public boolean hasEnded() {
        return !process.isAlive();
    }

    /** Asks it to end, as SIGTERM does. Process.destroy would close its streams too, which ends a reading program. */
    public void terminate() {
        process.toHandle().destroy();
    }

    /** Ends it at once, as SIGKILL does. */
    public void kill() {
        process.toHandle().destroyForcibly();
    }

    /** Waits for its end; past the timeout it is killed and the test fails with what it said. */
    public HostRun awaitExit() {
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
                throw new AssertionError("still running after " + timeout + ": " + said());
            }
            return new HostRun(process.exitValue(), stdout.whole(), stderr.whole(), workingDirectory, command);
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    private void await(CapturedStream stream, String text) {
        try {
            if (!stream.awaitText(text, timeout)) {
                throw new AssertionError("never said \"" + text + "\": " + said());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String said() {
        return String.join(" ", command) + "\n--- stdout\n" + stdout.soFar() + "--- stderr\n" + stderr.soFar();
    }
}
