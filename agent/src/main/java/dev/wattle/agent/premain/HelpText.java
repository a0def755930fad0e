/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

/** The text of {@code --help}. */
public final class HelpText {
    private HelpText() {}

    /** The jar's version, from its manifest. */
    public static String version() {
        String version = HelpText.class.getPackage().getImplementationVersion();
        return version == null ? "(unknown version)" : version;
    }

    static String text() {
        StringBuilder text = new StringBuilder("Wattle " + version()
                + ", an energy meter that lives inside a training JVM.\n"
                + "\n"
                + "  java -javaagent:wattle-agent.jar[=key=value,...] ... your.TrainingJob\n"
                + "      meters the job\n");
        for (Command command : Command.values()) {
            text.append("  java -jar wattle-agent.jar ")
                    .append((command.word() + " " + command.arguments()).trim())
                    .append("\n      ")
                    .append(command.purpose())
                    .append('\n');
        }
        return text + "\nIt needs Java " + JavaVersionCheck.MIN_VERSION
                + " or later and changes nothing in your program.";
    }
}
