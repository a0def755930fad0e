/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.attach;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A {@code /proc} and a {@code /tmp} of a test's own, with the process of the test in it as root's. */
final class ProcTree {
    static final long JVM = 4242;

    /** The one that the test's own files belong to; where that is root, who may do anything, some other. */
    static final long USER = Math.max(1000, new UnixSystem().getUid());

    static final long ANOTHER_USER = USER + 1;

    final Path proc;
    final Path temporary;

    ProcTree(Path root) {
        this.proc = root.resolve("proc");
        this.temporary = root.resolve("tmp");
        directory(temporary);
        long self = ProcessHandle.current().pid();
        directory(proc.resolve("self"));
        write(self, "status", status("R (running)", USER, self, "0000000000000000"));
        link(self, "ns/mnt", "mnt:[4026531840]");
    }

    /** A JVM of the same user that trains with nothing and is not metered. */
    ProcTree jvm() {
        write(JVM, "status", status("S (sleeping)", USER, JVM, "2000000181005ccf"));
        write(JVM, "cmdline", "/usr/lib/jvm/java-17/bin/java\0-cp\0app.jar\0com.example.Train\0--epochs\0" + "3\0");
        write(JVM, "environ", "HOME=/home/ada\0");
        maps("/usr/lib/jvm/java-17/lib/server/libjvm.so");
        threads("java", "VM Thread");
        link(JVM, "ns/mnt", "mnt:[4026531840]");
        link(JVM, "fd/3", "/usr/lib/jvm/java-17/lib/modules");
        link(JVM, "fd/4", "socket:[38261]");
        return this;
    }

    ProcTree status(String state, long user, String caughtSignals) {
        return write(JVM, "status", status(state, user, JVM, caughtSignals));
    }

    ProcTree maps(String... files) {
        StringBuilder maps = new StringBuilder("7f1c00000000-7f1c00021000 rw-p 00000000 00:00 0 \n");
        for (String file : files) {
            maps.append("7f1c20000000-7f1c20e00000 r-xp 00000000 fe:00 131 ")
                    .append("                  ")
                    .append(file)
                    .append('\n');
        }
        return write(JVM, "maps", maps.toString());
    }

    ProcTree threads(String... names) {
        int id = (int) JVM;
        for (String name : names) {
            write(JVM, "task/" + id + "/comm", name + "\n");
            id++;
        }
        return this;
    }

    ProcTree write(long pid, String file, String text) {
        try {
            Path path = proc.resolve(Long.toString(pid)).resolve(file);
            directory(path.resolveSibling(""));
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    ProcTree link(long pid, String file, String target) {
        try {
            Path path = proc.resolve(Long.toString(pid)).resolve(file);
            directory(path.resolveSibling(""));
            Files.deleteIfExists(path);
            Files.createSymbolicLink(path, Path.of(target));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    ProcTree without(String file) {
        try {
            Files.delete(proc.resolve(Long.toString(JVM)).resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    LinuxProcess process() {
        return new LinuxProcess(proc, JVM);
    }

    List<JavaProcess> jvms() {
        return JavaProcess.all(proc, temporary);
    }

    AttachCheck check() {
        return new AttachCheck(proc, temporary);
    }

    private static String status(String state, long user, long pid, String caughtSignals) {
        return "Name:\tjava\nState:\t" + state + "\nUid:\t" + user + "\t" + user + "\t" + user + "\t" + user
                + "\nNSpid:\t" + pid + "\nSigCgt:\t" + caughtSignals + "\n";
    }

    private static void directory(Path path) {
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
