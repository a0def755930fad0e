/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.attach;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListCommandTest {
    @TempDir
    Path root;

    @Test
    void showsAJvmWithWhatItPublishesAndItsJournal() {
        ProcTree tree = new ProcTree(root)
                .jvm()
                .threads("java", "wattle-agent", "wattle-sampler")
                .link(ProcTree.JVM, "fd/9", "/home/ada/.wattle/runs/20261125-173505-4242.jsonl");
        new PerfDataFile(ByteOrder.LITTLE_ENDIAN)
                .text("sun.rt.javaCommand", "/opt/app/train.jar --epochs 3")
                .text("java.property.java.version", "17.0.15")
                .writeTo(tree.temporary, ProcTree.JVM);

        assertThat(ListCommand.table(tree.jvms())).isEqualTo("""
                     PID  JAVA        METERED   TRAINING  PROGRAM
                    4242  17.0.15     yes       no        train.jar
                          journal /home/ada/.wattle/runs/20261125-173505-4242.jsonl
                """);
    }

    @Test
    void printsNothingThatATerminalWouldObey() {
        ProcTree tree = new ProcTree(root).jvm().threads("java", "wattle-sampler");
        tree.link(ProcTree.JVM, "fd/9", "/tmp/\u001b[2J\n4243 root.jsonl");
        new PerfDataFile(ByteOrder.LITTLE_ENDIAN)
                .text("sun.rt.javaCommand", "\u001b]0;owned\u0007\rTrain")
                .writeTo(tree.temporary, ProcTree.JVM);

        assertThat(ListCommand.table(tree.jvms()))
                .endsWith("  ?]0;owned??Train\n          journal /tmp/?[2J?4243 root.jsonl\n");
    }

    @Test
    void reportsWhatTheLatestTotalsOfTheJournalSayIsNotMetered() throws IOException {
        Path journal = root.resolve("run.jsonl");
        Files.writeString(journal, """
                {"type":"checkpoint","phases":[],"unmetered":["earlier"]}
                {"type":"checkpoint","phases":[],"unmetered":["a.B is not metered\\u001b[2J","c.D neither"]}
                {"type":"epoch","unmetered":["no totals"]}
                no line of ours
                {"type":"checkpoint","phases":[],"unmete""");
        ProcTree tree = new ProcTree(root).jvm().threads("java", "wattle-sampler");
        tree.link(ProcTree.JVM, "fd/9", journal.toString());

        assertThat(ListCommand.table(tree.jvms()))
                .endsWith("          note a.B is not metered?[2J\n          note c.D neither\n");
    }

    @Test
    void namesThePageThatTheJournalHas() throws IOException {
        Path journal = root.resolve("run.jsonl");
        Files.writeString(journal, """
                {"type":"checkpoint","phases":[],"page":"http://127.0.0.1:9999/"}
                {"type":"checkpoint","phases":[],"page":"http://127.0.0.1:9474/"}
                """);
        ProcTree tree = new ProcTree(root).jvm().threads("java", "wattle-sampler", "wattle-http");
        tree.link(ProcTree.JVM, "fd/9", journal.toString());

        assertThat(ListCommand.table(tree.jvms())).contains("\n          page http://127.0.0.1:9474/\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "http://\u001b[2J:1/", "http://a:1/?x", ""})
    void printsNoPageThatIsNone(String page) throws IOException {
        Path journal = root.resolve("run.jsonl");
        Files.writeString(
                journal,
                "{\"type\":\"checkpoint\",\"phases\":[],\"page\":\"" + page.replace("\u001b", "\\u001b") + "\"}\n");
        ProcTree tree = new ProcTree(root).jvm().threads("java", "wattle-sampler");
        tree.link(ProcTree.JVM, "fd/9", journal.toString());

        assertThat(only(tree).page()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "net/tcp, 0100007F:2502, 0A, http://127.0.0.1:9474/",
        "net/tcp, 00000000:2502, 0A, http://127.0.0.1:9474/",
        "net/tcp, 0501A8C0:0050, 0A, http://192.168.1.5:80/",
        "net/tcp6, 0000000000000000FFFF00000100007F:2502, 0A, http://127.0.0.1:9474/",
        "net/tcp6, 00000000000000000000000001000000:2502, 0A, 'http://[0:0:0:0:0:0:0:1]:9474/'",
        "net/tcp6, 00000000000000000000000000000000:2502, 0A, http://127.0.0.1:9474/",
        "net/tcp, 0100007F:2502, 01, ",
        "net/tcp, no address, 0A, "
    })
    void findsThePageByTheOnlySocketWhereThereIsNoJournal(String table, String address, String state, String page) {
        Assumptions.assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN);
        ProcTree tree = new ProcTree(root).jvm().threads("java", "wattle-sampler", "wattle-http");
        tree.write(ProcTree.JVM, table, socket(0, address, state, "38261"));

        assertThat(only(tree).page()).isEqualTo(Optional.ofNullable(page));
    }

    @Test
    void namesNoPageWhereAnySocketMayBeTheProgramsOwn() {
        ProcTree tree = new ProcTree(root).jvm().threads("java", "wattle-sampler", "wattle-http");
        tree.link(ProcTree.JVM, "fd/5", "socket:[38262]");
        tree.write(
                ProcTree.JVM,
                "net/tcp",
                socket(0, "0100007F:2502", "0A", "38261") + socket(1, "0100007F:0FC8", "0A", "38262"));

        assertThat(only(tree).page()).isEmpty();
    }

    @Test
    void namesNoPageWhereTheEndpointIsOff() {
        ProcTree tree = new ProcTree(root).jvm().threads("java", "wattle-sampler");
        tree.write(ProcTree.JVM, "net/tcp", socket(0, "0100007F:2502", "0A", "38261"));

        assertThat(only(tree).page()).isEmpty();
    }

    private static String socket(int number, String address, String state, String inode) {
        return "   " + number + ": " + address + " 00000000:0000 " + state
                + " 00000000:00000000 00:00000000 00000000     0        0 " + inode
                + " 1 0000000000000000 100 0 0 10 0\n";
    }

    @Test
    void readsNoJournalOfAnotherUsers() throws IOException {
        Path journal = root.resolve("run.jsonl");
        Files.writeString(journal, "{\"phases\":[],\"unmetered\":[\"a.B is not metered\"]}\n");
        ProcTree tree = new ProcTree(root)
                .jvm()
                .threads("java", "wattle-sampler")
                .status("S (sleeping)", ProcTree.ANOTHER_USER, "0");
        tree.link(ProcTree.JVM, "fd/9", journal.toString());

        assertThat(only(tree).journal()).isPresent();
        assertThat(only(tree).unmetered()).isEmpty();
    }

    @Test
    void takesTheProgramFromTheCommandLineWhereTheJvmPublishesNothing() {
        JavaProcess jvm = only(new ProcTree(root).jvm());

        assertThat(jvm.main()).isEqualTo("com.example.Train");
        assertThat(jvm.java()).isEqualTo("unknown");
        assertThat(jvm.metered()).isEqualTo("no");
    }

    @Test
    void saysUnknownOfWhatThisUserMayNotRead() {
        JavaProcess jvm = only(new ProcTree(root)
                .jvm()
                .without("maps")
                .without("fd/3")
                .without("fd/4")
                .without("fd")
                .without("task/4242/comm")
                .without("task/4243/comm")
                .without("task/4242")
                .without("task/4243")
                .without("task"));

        assertThat(jvm.training()).isEqualTo("unknown");
        assertThat(jvm.metered()).isEqualTo("unknown");
        assertThat(jvm.journal()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/home/ada/.javacpp/cache/nd4j-native-1.0.0-M2.1-linux-x86_64.jar/org/nd4j/libjnind4jcpu.so, dl4j",
        "/home/ada/.m2/repository/org/nd4j/nd4j-api/1.0.0-M2.1/nd4j-api-1.0.0-M2.1.jar, dl4j",
        "/app/lib/deeplearning4j-nn-1.0.0-M2.1.jar, dl4j",
        "/home/ada/.djl.ai/pytorch/2.7.1-cpu-linux-x86_64/0.35.1-libdjl_torch.so, djl",
        "/home/ada/.m2/repository/ai/djl/api/0.35.1/api-0.35.1.jar, djl",
        "/home/ada/djlike/notes.txt, no",
        "/usr/lib/jvm/java-17/lib/libjava.so, no"
    })
    void identifiesTheFrameworkByItsFiles(String file, String framework) {
        assertThat(only(new ProcTree(root).jvm().link(ProcTree.JVM, "fd/7", file))
                        .training())
                .isEqualTo(framework);
        assertThat(only(new ProcTree(root).jvm().maps("/usr/lib/jvm/java-17/lib/server/libjvm.so", file))
                        .training())
                .isEqualTo(framework);
    }

    @Test
    void leavesOutWhatIsNoJvmAndTheToolItself() {
        ProcTree tree = new ProcTree(root).jvm().maps("/usr/bin/sleep");
        tree.write(ProcessHandle.current().pid(), "maps", "7f1c20000000 r-xp 0 fe:00 131 /lib/server/libjvm.so\n");

        assertThat(tree.jvms()).isEmpty();
        assertThat(ListCommand.table(List.of())).isEqualTo("no other JVM is visible here\n");
    }

    @ParameterizedTest
    @CsvSource({
        "java -cp a.jar -Xmx1g com.example.Train x, com.example.Train",
        "java -jar train.jar x, train.jar",
        "java --module-path mods --module app/app.Train, app/app.Train",
        "java -p mods -m app/app.Train, app/app.Train",
        "java @arguments com.example.Train, unknown",
        "java, unknown"
    })
    void findsTheProgramOnTheCommandLine(String words, String program) {
        assertThat(MainClassResolver.of(List.of(words.split(" "))).orElse("unknown"))
                .isEqualTo(program);
    }

    private static JavaProcess only(ProcTree tree) {
        assertThat(tree.jvms()).hasSize(1);
        return tree.jvms().get(0);
    }
}
