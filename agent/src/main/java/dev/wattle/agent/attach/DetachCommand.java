/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.attach;

import dev.wattle.agent.premain.CommandLine;
import dev.wattle.agent.premain.StderrLog;
import java.io.PrintStream;
import java.util.OptionalLong;

/** The command {@code detach}: ends the metering of a running JVM, and prints the summary. */
public final class DetachCommand {
    private DetachCommand() {}

    /**
     * Detaches, and prints the summary.
     *
     * @param words the process id
     * @return 0 if it is no longer metered, 1 if that was refused, 2 for a wrong command line
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
