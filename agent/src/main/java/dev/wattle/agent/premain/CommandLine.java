/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import dev.wattle.agent.premain.loader.AgentClassLoader;
import dev.wattle.agent.premain.loader.AgentJar;
import dev.wattle.agent.premain.spelling.NearestWord;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The main class of the jar: {@code java -jar wattle-agent.jar COMMAND}. It opens the inner zone and calls the command's
 * class. This is a program by itself, so it uses standard output and System.exit.
 */
public final class CommandLine {
    /** The exit code for a wrong command line. */
    public static final int WRONG_USAGE = 2;

    private static final int DONE = 0;
    private static final int FAILED = 1;

    private CommandLine() {}

    /** Runs a command. */
    public static void main(String[] words) {
        PrintStream out = StandardStreams.out();
        PrintStream err = StandardStreams.err();
        int code = run(LaunchText.ofThisProcess().words(words), out, err);
        if (out.checkError() && code == DONE) {
            StderrLog.print(
                    err,
                    "standard output could not be written, and part of it is missing: is its disk full or its reader gone?");
            code = FAILED;
        }
        System.exit(code);
    }

    static int run(String[] words, PrintStream out, PrintStream err) {
        List<String> all = Arrays.asList(words);
        Command command = all.isEmpty() ? null : Command.named(words[0]);
        boolean ownHelp = command != null && command.hasOwnHelp();
        if (all.isEmpty() || (!ownHelp && (all.contains("--help") || all.contains("-h")))) {
            out.println(HelpText.text());
            return DONE;
        }
        if (command == null) {
            StderrLog.print(err, unknown(words[0]));
            return WRONG_USAGE;
        }
        String refusal = refusal();
        if (refusal != null) {
            StderrLog.print(err, refusal);
            return FAILED;
        }
        return run(command, Arrays.copyOfRange(words, 1, words.length), out, err);
    }

    private static String unknown(String word) {
        String meant = NearestWord.question(word, Command.words());
        return "no command '" + word + "';" + meant + " known: " + String.join(", ", Command.words()) + "; see --help";
    }

    private static @Nullable String refusal() {
        String refusal = JavaVersionCheck.refusal(System.getProperty("java.specification.version"));
        return refusal != null ? refusal : AgentJar.refusal(AgentJar.location());
    }

    private static int run(Command command, String[] words, PrintStream out, PrintStream err) {
        try {
            AgentClassLoader loader = AgentClassLoader.open(AgentJar.file());
            Thread.currentThread().setContextClassLoader(loader);
            return (Integer) Class.forName(command.className(), true, loader)
                    .getMethod("run", String[].class, PrintStream.class, PrintStream.class)
                    .invoke(null, words, out, err);
        } catch (InvocationTargetException thrownInside) {
            StderrLog.print(err, command.word() + " failed: " + thrownInside.getTargetException());
        } catch (Throwable t) {
            StderrLog.print(err, command.word() + " failed: " + t);
        }
        return FAILED;
    }
}
