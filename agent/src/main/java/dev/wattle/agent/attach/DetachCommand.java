/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.attach;

import dev.wattle.agent.premain.CommandLine;
import dev.wattle.agent.premain.StderrLog;
import java.io.PrintStream;
import java.util.OptionalLong;

/** The command {@code detach}: ends the metering of a JVM that runs on, and writes the summary. */
public final class DetachCommand {
    private DetachCommand() {}

    /**
     * Detaches, and writes the summary.
     *
     * @param words the process's number
     * @return 0 where it is metered no more, 1 where that was refused, 2 for wrong words
     */
    public static int run(String[] words, PrintStream out, PrintStream err) throws InterruptedException {
        OptionalLong pid = words.length == 1 ? ProcessId.parse(words[0]) : OptionalLong.empty();
        if (pid.isEmpty()) {
            StderrLog.print(err, "detach takes the number of one process" + ProcessId.instead(words));
            return CommandLine.WRONG_USAGE;
        }
        return new AttachClient(pid.getAsLong(), out, err).detach();
    }
}
