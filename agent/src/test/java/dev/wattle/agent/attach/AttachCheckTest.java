/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.attach;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.security.auth.module.UnixSystem;
import dev.wattle.agent.host.Tools;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.OptionalAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttachCheckTest {
    @TempDir
    Path root;

    private ProcTree tree;

    @BeforeEach
    void runAJvm() {
        tree = new ProcTree(root).jvm();
    }

    @Test
    void hasNothingAgainstAJvmOfTheSameUser() {
        assertThat(tree.check().refusal(ProcTree.JVM)).isEmpty();
    }

    @Test
    void refusesAProcessThatIsNotThereAndTheToolItself() {
        assertThat(tree.check().refusal(99)).get().asString().contains("there is no such process");
        assertThat(tree.check().refusal(ProcessHandle.current().pid())).hasValue("it is this tool itself");
    }

    @Test
    void refusesAProcessWithoutAVirtualMachine() {
        tree.maps("/usr/bin/sleep", "/usr/lib/libc.so.6").write(ProcTree.JVM, "cmdline", "sleep\0" + "60\0");

        assertRefusal().get().asString().startsWith("it is no Java Virtual Machine but sleep; ");
    }

    @ParameterizedTest
    @CsvSource({"Z (zombie), it has ended", "T (stopped), it is stopped; continue it first: kill -CONT 4242"})
    void refusesAProcessThatCannotAnswer(String state, String reason) {
        tree.status(state, ProcTree.USER, "2000000181005ccf");

        assertRefusal().hasValue(reason);
    }

    @Test
    void refusesAJvmOfAnotherUserAndNamesTheWay() {
        tree.status("S (sleeping)", ProcTree.ANOTHER_USER, "2000000181005ccf");

        assertRefusal()
                .get()
                .asString()
                .contains(
                        "another user, number " + ProcTree.ANOTHER_USER,
                        "sudo -u '#" + ProcTree.ANOTHER_USER + "' java -jar");
    }

    @Test
    void letsRootAttachToAnybodys() {
        long self = ProcessHandle.current().pid();
        tree.write(self, "status", "Uid:\t0\t0\t0\t0\n")
                .status("S (sleeping)", ProcTree.ANOTHER_USER, "2000000181005ccf");

        assertRefusal().isEmpty();
    }

    @Test
    void refusesAJvmOfAnotherContainerAndReportsItsNumberThere() {
        tree.link(ProcTree.JVM, "ns/mnt", "mnt:[4026532999]")
                .write(
                        ProcTree.JVM,
                        "status",
                        "State:\tS\nUid:\t1\t" + ProcTree.USER
                                + "\t1\t1\nNSpid:\t4242\t1\nSigCgt:\t2000000181005ccf\n");

        assertRefusal().get().asString().contains("is process 1 there", "docker exec", "nsenter --target 4242 ");
    }

    @Test
    void refusesAJvmThatWouldEndOfTheSignalUnlessItListensAlready() throws IOException {
        // SIGQUIT, bit 2, is not caught: so it is before main and always with -Xrs, which listens from its start.
        tree.status("S (sleeping)", ProcTree.USER, "2000000181005ccb");

        assertRefusal().get().asString().contains("does not listen");
        Files.createFile(tree.temporary.resolve(".java_pid4242"));
        assertRefusal().isEmpty();
    }

    @Test
    void refusesAJvmWhereAnotherUsersFileStandsInTheWayOfItsSocket() throws IOException {
        Tools.need(new UnixSystem().getUid() == 0, "not root, so no file can be given to another user");
        Path socket = Files.createFile(tree.temporary.resolve(".java_pid4242"));
        Files.setAttribute(socket, "unix:uid", (int) ProcTree.ANOTHER_USER);

        assertRefusal().hasValue("another user's file " + socket + " is where it would listen; remove that file first");
    }

    @Test
    void refusesAJvmThatPublishesThatItLetsNobodyAttach() {
        new PerfDataFile(ByteOrder.LITTLE_ENDIAN)
                .text("sun.rt.jvmCapabilities", "0100000000")
                .writeTo(tree.temporary, ProcTree.JVM);

        assertRefusal().get().asString().contains("-XX:+DisableAttachMechanism");
    }

    @ParameterizedTest
    @CsvSource({
        "JAVA_TOOL_OPTIONS=-XX:+DisableAttachMechanism, '', true",
        "JDK_JAVA_OPTIONS=-Xmx1g  -XX:+DisableAttachMechanism, '', true",
        "JAVA_TOOL_OPTIONS=-XX:+DisableAttachMechanism, -XX:-DisableAttachMechanism, false",
        "_JAVA_OPTIONS=-XX:+DisableAttachMechanism, -XX:-DisableAttachMechanism, true",
        "OTHER=-XX:+DisableAttachMechanism, '', false",
        "HOME=/, -XX:+DisableAttachMechanism, true"
    })
    void readsTheFlagsOfAJvmThatPublishesNothing(String variable, String flag, boolean refused) {
        tree.write(ProcTree.JVM, "environ", "HOME=/\0" + variable + "\0")
                .write(ProcTree.JVM, "cmdline", "java\0" + flag + "\0Train\0");

        assertThat(tree.check().refusal(ProcTree.JVM).isPresent()).isEqualTo(refused);
    }

    @Test
    void knowsWithoutAskingThatThereIsNothingToDetach() {
        assertThat(tree.check().unmetered(ProcTree.JVM)).hasValue("it is not metered");

        tree.threads("java", "wattle-agent", "wattle-sampler");

        assertThat(tree.check().unmetered(ProcTree.JVM)).isEmpty();
    }

    private OptionalAssert<String> assertRefusal() {
        return assertThat(tree.check().refusal(ProcTree.JVM));
    }
}
