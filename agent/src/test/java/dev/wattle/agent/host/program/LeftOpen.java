/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.host.program;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Once its standard input has ended, prints the meter's threads and its open files under the directory it is given. */
public final class LeftOpen {
    private static final long LONGEST_NANOS = 10_000_000_000L;

    private LeftOpen() {}

    public static void main(String[] args) throws IOException {
        System.in.transferTo(OutputStream.nullOutputStream());
        // A thread that has nothing more to do may take a moment to be gone.
        long start = System.nanoTime();
        while (!threads().isEmpty() && System.nanoTime() - start < LONGEST_NANOS) {
            Thread.onSpinWait();
        }
        System.out.println("threads " + threads());
        System.out.println("files " + files(Path.of(args[0])));
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("wattle-"))
                .sorted()
                .toList();
    }

    private static List<Path> files(Path under) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .map(LeftOpen::target)
                    .filter(file -> file.startsWith(under))
                    .sorted()
                    .toList();
        }
    }

    private static Path target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor);
        } catch (IOException closedMeanwhile) {
            return descriptor;
        }
    }
}
