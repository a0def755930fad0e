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
 * Sends the agent into another JVM and waits for what it answers there.
 *
 * <p>Configuration and answer are files that exist for as long as the errand; see {@link ExchangeDirectory}.
 */
final class AttachClient {
    private static final int DONE = 0;
    private static final int REFUSED = 1;
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final long POLL_MILLIS = 20;

    private final long pid;
    private final PrintStream out;
    private final PrintStream err;

    AttachClient(long pid, PrintStream out, PrintStream err) {
        this.pid = pid;
        this.out = out;
        this.err = err;
    }

    /** Has the JVM metered, and prints what is metered and where to look; 0 where that was done, 1 where it was refused. */
    int attach(String arguments) throws InterruptedException {
        return run(arguments, AttachRequest::attach, () -> check().refusal(pid));
    }

    /** Ends the metering, and prints the summary; 0 where that was done, 1 where it was refused. */
    int detach() throws InterruptedException {
        // Whoever is sent a detach in error should not even load an agent.
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
            return go(arguments, argument);
        } catch (NoClassDefFoundError absent) {
            return refused(AttachApi.ABSENT);
        } catch (IOException | UncheckedIOException e) {
            return refused("the answer cannot be taken: " + e);
        }
    }

    private int go(String arguments, Function<String, String> argument) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        try (ExchangeDirectory exchange =
                ExchangeDirectory.open(SafeDirectory.ofThisProcess(), arguments, otherUser())) {
            Optional<String> refusal = AttachApi.load(
                    pid, AgentJar.file().getAbsolutePath(), argument.apply(exchange.directory()), deadline);
            return refusal.isPresent() ? refused(refusal.get()) : await(exchange, deadline);
        }
    }

    /** Root's files are for root, and the JVM may be another's. */
    private OptionalLong otherUser() {
        Path proc = Path.of("/proc");
        Optional<Long> its = new LinuxProcess(proc, pid).effectiveUser();
        return its.isEmpty() || its.equals(LinuxProcess.self(proc).effectiveUser())
                ? OptionalLong.empty()
                : OptionalLong.of(its.get());
    }

    private int await(ExchangeDirectory exchange, long deadline) throws IOException, InterruptedException {
        while (true) {
            boolean alive = ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
            // In this order, since it may have answered with its last breath.
            Optional<AttachReport> answer = exchange.answer();
            if (answer.isPresent()) {
                return print(answer.get());
            }
            if (!alive) {
                return refused("it ended before it answered; where it was metered, its journal tells the run");
            }
            if (System.nanoTime() - deadline > 0) {
                return refused("no answer within " + LONGEST.toSeconds() + " s. It may still do what it was asked; its"
                        + " standard error and 'list' tell");
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private int print(AttachReport answer) {
        answer.notes().forEach(note -> StderrLog.print(err, PlainText.of(note)));
        if (!answer.done()) {
            return refused(String.join(" ", answer.lines()));
        }
        // Its lines end as the JVM ended them, whatever this system's way is.
        answer.lines().forEach(line -> out.print(PlainText.of(line) + "\n"));
        return DONE;
    }

    private int refused(String reason) {
        StderrLog.print(err, "process " + pid + ": " + PlainText.of(reason));
        return REFUSED;
    }
}
