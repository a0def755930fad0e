/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.attach;

import dev.wattle.agent.premain.AttachRequest;
import dev.wattle.agent.premain.StderrLog;
import dev.wattle.agent.premain.loader.AgentJar;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Loads the agent into another JVM, or calls it there, and waits for its response.
 *
 * <p>The configuration and the response are files, which exist until the request is done; see {@link ExchangeDirectory}.
 */
final class AttachClient {
    private static final int DONE = 0;
    private static final int REFUSED = 1;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final long POLL_MILLIS = 20;

    private final long pid;
    private final PrintStream out;
    private final PrintStream err;

    AttachClient(long pid, PrintStream out, PrintStream err) {
        this.pid = pid;
        this.out = out;
        this.err = err;
    }

    /** Starts metering, and prints what is metered and where to look. Returns 0 if that was done, 1 if it was refused. */
    int attach(String arguments) throws InterruptedException {
        return run(arguments, AttachRequest::attach, () -> check().refusal(pid));
    }

    /** Ends metering, and prints the summary. Returns 0 if that was done, 1 if it was refused. */
    int detach() throws InterruptedException {
        // A JVM that is not metered must not even load the agent.
        return run("", AttachRequest::detach, () -> check().refusal(pid).or(() -> check().unmetered(pid)));
    }

    private static AttachCheck check() {
        return new AttachCheck(Path.of("/proc"), Path.of("/tmp"));
    }

    private int run(String arguments, Function<String, String> argument, Supplier<Optional<String>> check)
            throws InterruptedException {
        try {
            Optional<String> refusal = check.get();
            if (refusal.isPresent()) {
                return refused(refusal.get());
            }
            return send(arguments, argument);
        } catch (NoClassDefFoundError absent) {
            return refused(AttachApi.ABSENT);
        } catch (IOException | UncheckedIOException e) {
            return refused("the answer cannot be read: " + e);
        }
    }

    private int send(String arguments, Function<String, String> argument) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        try (ExchangeDirectory exchange =
                ExchangeDirectory.open(SafeDirectory.ofThisProcess(), arguments, otherUser())) {
            Optional<String> refusal = AttachApi.load(
                    pid, AgentJar.file().getAbsolutePath(), argument.apply(exchange.directory()), deadline);
            return refusal.isPresent() ? refused(refusal.get()) : await(exchange, deadline);
        }
    }

    /** The JVM's user, if it is another user, who then has to own the files. */
    private OptionalLong otherUser() {
        Path proc = Path.of("/proc");
        Optional<Long> owner = new LinuxProcess(proc, pid).effectiveUser();
        return owner.isEmpty() || owner.equals(LinuxProcess.self(proc).effectiveUser())
                ? OptionalLong.empty()
                : OptionalLong.of(owner.get());
    }

    private int await(ExchangeDirectory exchange, long deadline) throws IOException, InterruptedException {
        while (true) {
            boolean alive = ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
            // Checked after isAlive, because the JVM may answer just before it ends.
            Optional<AttachReport> answer = exchange.answer();
            if (answer.isPresent()) {
                return print(answer.get());
            }
            if (!alive) {
                return refused("it ended before it answered; if it was metered, its journal has the run");
            }
            if (System.nanoTime() - deadline > 0) {
                return refused("no answer within " + TIMEOUT.toSeconds()
                        + " s. It may still carry out the request; see its" + " standard error, or 'list'");
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private int print(AttachReport answer) {
        answer.notes().forEach(note -> StderrLog.print(err, PlainText.of(note)));
        if (!answer.done()) {
            return refused(String.join(" ", answer.lines()));
        }
        // The line ends are those of the JVM, not of this system.
        answer.lines().forEach(line -> out.print(PlainText.of(line) + "\n"));
        return DONE;
    }

    private int refused(String reason) {
        StderrLog.print(err, "process " + pid + ": " + PlainText.of(reason));
        return REFUSED;
    }
}
