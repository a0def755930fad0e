/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.RunningHost;
import dev.wattle.agent.host.Tools;
import dev.wattle.agent.host.program.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A ledger that may be written at first and then may not: a quota that is used up, a disk that the kernel made read-only. */
class UnwritableLedgerIT {
    private static final long USED = 7_123_456;

    /** While the file named by FAIL_WHILE is there, journals take half of what is written and then fail. */
    private static final String FAILING = """
            #define _GNU_SOURCE
            #include <dlfcn.h>
            #include <errno.h>
            #include <stdio.h>
            #include <stdlib.h>
            #include <string.h>
            #include <unistd.h>
            static int fails(int file) {
                char link[64], path[4096];
                const char *flag = getenv("FAIL_WHILE");
                snprintf(link, sizeof link, "/proc/self/fd/%d", file);
                ssize_t length = readlink(link, path, sizeof path - 1);
                if (length < 0 || flag == NULL || access(flag, F_OK) != 0) return 0;
                path[length] = 0;
                return strstr(path, ".jsonl") != NULL;
            }
            ssize_t pwrite64(int file, const void *bytes, size_t count, off_t at) {
                static __thread int half;
                ssize_t (*real)(int, const void *, size_t, off_t) = dlsym(RTLD_NEXT, "pwrite64");
                if (!fails(file)) return real(file, bytes, count, at);
                half = !half;
                if (half) return real(file, bytes, count / 2, at);
                errno = atoi(getenv("FAIL_WITH"));
                return -1;
            }
            """;

    @TempDir
    private Path directory;

    private CounterTree tree;
    private Journal journal;
    private Path flag;

    @BeforeEach
    void makeTree() throws IOException {
        tree = new CounterTree(Files.createDirectory(directory.resolve("powercap")));
        journal = new Journal(directory.resolve("runs"));
        flag = directory.resolve("fail");
    }

    /** EDQUOT and EROFS, with what the C library says of them. */
    static Stream<Arguments> errors() {
        return Stream.of(Arguments.of(122, "Disk quota exceeded"), Arguments.of(30, "Read-only file system"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void isSaidOnceAndContinuesWithWholeLinesWhereItCanBeWrittenAgain(int error, String words) throws IOException {
        HostRun run;
        try (RunningHost running = start(error)) {
            running.await("a checkpoint", () -> journal.tells("\"checkpoint\""));
            Files.createFile(flag);
            running.awaitStderr("could not be written: java.io.IOException: " + words);
            tree.use(USED);
            Files.delete(flag);
            running.awaitStderr(" is written again");
            running.endInput();
            run = running.awaitExit();
        }

        assertThat(run.exitCode()).as(run.stderr()).isZero();
        assertThat(journal.lines()).doesNotHaveDuplicates();
        assertThat(journal.types())
                .startsWith("run", "checkpoint")
                .endsWith("summary")
                .containsOnlyOnce("run", "summary");
        assertThat(packageOfLast()).isEqualTo(USED);
        assertThat(run.wattleLines())
                .filteredOn(line -> line.contains("could not be written"))
                .singleElement()
                .asString()
                .contains(journal.file().toString(), "tried again every");
        assertThat(String.join(" ", run.summary())).doesNotContain("latest lines");
    }

    @ParameterizedTest
    @MethodSource("errors")
    void endsWithWholeLinesAndASummaryThatSaysWhatIsMissingWhereItCannot(int error, String words) throws IOException {
        HostRun run;
        List<String> before;
        try (RunningHost running = start(error)) {
            running.await("a checkpoint", () -> journal.tells("\"checkpoint\""));
            Files.createFile(flag);
            running.awaitStderr("could not be written: java.io.IOException: " + words);
            tree.use(USED);
            before = journal.lines().stream().filter(line -> line.endsWith("}")).toList();
            running.endInput();
            run = running.awaitExit();
        }

        assertThat(run.exitCode()).as(run.stderr()).isZero();
        assertThat(journal.lines()).isEqualTo(before);
        assertThat(journal.types()).startsWith("run", "checkpoint").doesNotContain("summary");
        assertThat(String.join(" ", run.summary()).replaceAll("\\s+", " "))
                .contains("7.12")
                .contains(journal.file() + ", without its latest lines");
    }

    private RunningHost start(int error) throws IOException {
        return HostJvm.on(JavaHome.current())
                .environment("LD_PRELOAD", Tools.preload(directory, FAILING).toString())
                .environment("FAIL_WHILE", flag.toString())
                .environment("FAIL_WITH", Integer.toString(error))
                .agent("http=off,sources=powercap,powercap-root=" + tree.root() + ",ledger="
                        + directory.resolve("runs"))
                .start(Ending.class, "return");
    }

    private long packageOfLast() {
        return journal.last().getAsJsonObject("microjoules").get("package-0").getAsLong();
    }
}
