/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli;

import dev.wattle.agent.premain.Notice;
import dev.wattle.agent.premain.OwnJar;
import dev.wattle.agent.premain.Reply;
import dev.wattle.agent.premain.Request;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Sends the agent into another JVM and waits for what it answers there.
 *
 * <p>The answer comes as a file in a private directory that exists for as long as the errand; see {@link Reply}.
 */
final class Errand {
    private static final int DONE = 0;
    private static final int REFUSED = 1;
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final long POLL_MILLIS = 20;

    private final long pid;
    private final PrintStream out;
    private final PrintStream err;

    Errand(long pid, PrintStream out, PrintStream err) {
        this.pid = pid;
        this.out = out;
        this.err = err;
    }

    /** Has the JVM metered, and prints what is metered and where to look; 0 where that was done, 1 where it was refused. */
    int attach(String arguments) throws InterruptedException {
        return run(arguments, Request::attach, () -> check().refusal(pid));
    }

    /** Ends the metering, and prints the summary; 0 where that was done, 1 where it was refused. */
    int detach() throws InterruptedException {
        // Whoever is sent a detach in error should not even load an agent.
        return run("", Request::detach, () -> check().refusal(pid).or(() -> check().unmetered(pid)));
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
        Path directory = Files.createTempDirectory("wattle-");
        try {
            give(directory);
            give(Files.writeString(directory.resolve(Request.ARGUMENTS), arguments));
            Optional<String> refusal =
                    AttachApi.load(pid, OwnJar.file().getAbsolutePath(), argument.apply(directory.toString()));
            return refusal.isPresent() ? refused(refusal.get()) : await(directory.resolve(Reply.FILE));
        } finally {
            delete(directory);
        }
    }

    /** Root's files are for root, and the JVM may be another's. */
    private void give(Path file) throws IOException {
        Optional<Long> its = new LinuxProcess(Path.of("/proc"), pid).effectiveUser();
        if (its.isPresent() && !its.equals(LinuxProcess.self(Path.of("/proc")).effectiveUser())) {
            Files.setAttribute(file, "unix:uid", its.get().intValue());
        }
    }

    private int await(Path reply) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (!Files.exists(reply)) {
            boolean alive = ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
            // It may have answered with its last breath.
            if (!alive && !Files.exists(reply)) {
                return refused("it ended before it answered; where it was metered, its journal tells the run");
            }
            if (System.nanoTime() - deadline > 0) {
                return refused("no answer within " + LONGEST.toSeconds() + " s. It may still do what it was asked; its"
                        + " standard error and 'list' tell");
            }
            Thread.sleep(POLL_MILLIS);
        }
        return print(Files.readString(reply));
    }

    private int print(String reply) {
        List<String> lines = reply.lines().toList();
        String[] head = lines.get(0).split(" ", 2);
        int notes = Integer.parseInt(head[1]);
        lines.subList(1, 1 + notes).forEach(note -> Notice.print(err, note));
        List<String> answer = lines.subList(1 + notes, lines.size());
        if (!head[0].equals(Reply.DONE)) {
            return refused(String.join("\n", answer));
        }
        // Its lines end as the JVM ended them, whatever this system's way is.
        answer.forEach(line -> out.print(line + "\n"));
        return DONE;
    }

    private int refused(String reason) {
        Notice.print(err, "process " + pid + ": " + reason);
        return REFUSED;
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(directory);
        } catch (IOException | UncheckedIOException leftForTheSystem) {
            // It is in the directory that the system empties.
        }
    }
}
