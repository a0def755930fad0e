/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The commands of the jar.
 *
 * <p>A new command needs a constant here and a public class in the inner zone with a method {@code public static int
 * run(String[] words, PrintStream out, PrintStream err)}, which returns the exit code.
 */
enum Command {
    ATTACH("attach", "PID [key=value,...]", "starts to meter a running JVM", "dev.wattle.agent.attach.AttachCommand"),
    DETACH(
            "detach",
            "PID",
            "ends the metering of a running JVM and prints the summary",
            "dev.wattle.agent.attach.DetachCommand"),
    LIST(
            "list",
            "",
            "lists the JVMs here, and shows which are metered and which train",
            "dev.wattle.agent.attach.ListCommand"),
    DOCTOR(
            "doctor",
            "[--json] [key=value ...]",
            "shows what can be measured here, what cannot, and how to fix it",
            "dev.wattle.agent.cli.DoctorCommand"),
    ZONES(
            "zones",
            "[FILTER] [--json]",
            "lists grid zones and cloud regions with g CO2e per kWh, PUE, year and source",
            "dev.wattle.agent.cli.carbon.ZonesCommand"),
    ESTIMATE(
            "estimate",
            "--gpu NAME --hours H [--zone ZONE ...]",
            "energy and CO2e of a training that nobody metered; estimate --help has all options",
            "dev.wattle.agent.cli.carbon.EstimateCommand"),
    REPORT(
            "report",
            "[DIR|FILE ...] [--by project|label:NAME|user|host|day|framework|run] [--sort energy|co2e|time|name]\n"
                    + "          [--since TIME] [--until TIME] [--project NAME] [--zone ZONE] [--pue N]"
                    + " [--carbon-intensity N] [--json|--csv|--html[=FILE]]\n"
                    + "      report RUN --html[=FILE] | --spdx",
            "sums up the energy and CO2e of the runs in a ledger",
            "dev.wattle.agent.cli.ledger.ReportCommand"),
    COMPARE(
            "compare",
            "RUN RUN... [--reach METRIC=VALUE] [--json] [--html[=FILE]]",
            "shows what runs used and reached, side by side",
            "dev.wattle.agent.cli.ledger.CompareCommand");

    private final String word;
    private final String arguments;
    private final String purpose;
    private final String className;

    Command(String word, String arguments, String purpose, String className) {
        this.word = word;
        this.arguments = arguments;
        this.purpose = purpose;
        this.className = className;
    }

    static @Nullable Command named(String word) {
        for (Command command : values()) {
            if (command.word.equals(word)) {
                return command;
            }
        }
        return null;
    }

    /** The words of all commands. */
    static List<String> words() {
        List<String> words = new ArrayList<>();
        for (Command command : values()) {
            words.add(command.word);
        }
        return words;
    }

    String word() {
        return word;
    }

    /** The arguments, as usage lines show them. */
    String arguments() {
        return arguments;
    }

    String purpose() {
        return purpose;
    }

    /** Whether it prints its own help for {@code --help}. */
    boolean hasOwnHelp() {
        return this == ZONES || this == ESTIMATE || this == REPORT || this == COMPARE;
    }

    /** The class in the inner zone that carries it out. */
    String className() {
        return className;
    }
}
