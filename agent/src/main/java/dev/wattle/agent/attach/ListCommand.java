/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.attach;

import dev.wattle.agent.premain.CommandLine;
import dev.wattle.agent.premain.StderrLog;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The command {@code list}: shows the JVMs that this user can see, which of them are metered, and which have loaded a
 * training framework, with the address of the live page. It attaches to none. Outside Linux it only names them.
 */
public final class ListCommand {
    private static final String ROW = "%8s  %-10s  %-8s  %-9s %s\n";

    private ListCommand() {}

    /**
     * Prints the table.
     *
     * @param words none
     * @return 0; 1 if this Java runtime cannot list JVMs; 2 for a wrong command line
     */
    public static int run(String[] words, PrintStream out, PrintStream err) {
        if (words.length > 0) {
            StderrLog.print(err, "list takes no arguments, not '" + words[0] + "'");
            return CommandLine.WRONG_USAGE;
        }
        Path proc = Path.of("/proc");
        if (Files.isDirectory(proc.resolve("self"))) {
            out.print(table(JavaProcess.all(proc, Path.of("/tmp"))));
            return 0;
        }
        try {
            out.print(table(AttachApi.jvms()));
            return 0;
        } catch (NoClassDefFoundError absent) {
            StderrLog.print(err, AttachApi.ABSENT);
            return 1;
        }
    }

    static String table(List<JavaProcess> jvms) {
        if (jvms.isEmpty()) {
            return "no other JVM is visible here\n";
        }
        StringBuilder text = new StringBuilder(row("PID", "JAVA", "METERED", "TRAINING", "PROGRAM"));
        for (JavaProcess jvm : jvms) {
            text.append(row(Long.toString(jvm.pid()), jvm.java(), jvm.metered(), jvm.training(), jvm.main()));
            jvm.page()
                    .ifPresent(
                            page -> text.append("          page ").append(page).append('\n'));
            jvm.journal()
                    .ifPresent(file -> text.append("          journal ")
                            .append(PlainText.of(file))
                            .append('\n'));
            jvm.unmetered()
                    .forEach(sentence ->
                            text.append("          note ").append(sentence).append('\n'));
        }
        return text.toString();
    }

    private static String row(String pid, String java, String metered, String training, String program) {
        return String.format((Locale) null, ROW, pid, PlainText.of(java), metered, training, PlainText.of(program));
    }
}
