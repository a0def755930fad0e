/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.attach;

import dev.wattle.agent.premain.CommandLine;
import dev.wattle.agent.premain.StderrLog;
import java.io.PrintStream;
import java.util.List;
import java.util.OptionalLong;

/** The command {@code attach}: starts to meter a running JVM, with the configuration of the flag. */
public final class AttachCommand {
    private AttachCommand() {}

    /**
     * Attaches, and prints what is metered and where to look.
     *
     * @param words the process id, and configuration as {@code key=value}
     * @return 0 if it is metered now, 1 if that was refused, 2 for a wrong command line
     */
    public static int run(String[] words, PrintStream out, PrintStream err) throws InterruptedException {
        OptionalLong pid = words.length == 0 ? OptionalLong.empty() : ProcessId.parse(words[0]);
        if (pid.isEmpty()) {
            StderrLog.print(err, "attach takes the number of a process" + ProcessId.instead(words));
            return CommandLine.WRONG_USAGE;
        }
        List<String> settings = List.of(words).subList(1, words.length);
        for (String setting : settings) {
            if (setting.startsWith("-") || setting.indexOf('=') <= 0) {
                StderrLog.print(err, "attach takes key=value after the process, not '" + setting + "'");
                return CommandLine.WRONG_USAGE;
            }
        }
        return new AttachClient(pid.getAsLong(), out, err).attach(String.join(",", settings));
    }
}
