/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.carbon;

/** The help of {@code estimate}. */
final class EstimateHelp {
    private static final int COLUMN = 22;

    private EstimateHelp() {}

    static String text() {
        StringBuilder text = new StringBuilder("Estimates the energy and CO2e of a training that nobody metered.\n"
                + "\n"
                + "  java -jar wattle-agent.jar estimate --gpu V100 --count 8 --hours 336 --region gcp:us-central1\n"
                + "  java -jar wattle-agent.jar estimate --gpu-hours 1082990 --power 400 --zone FR\n"
                + "  java -jar wattle-agent.jar estimate --from RUN --times 4789\n"
                + "  java -jar wattle-agent.jar estimate --paper strubell-2019\n"
                + "\n");
        for (EstimateOption option : EstimateOption.values()) {
            String left = "  " + (option.flag() + " " + option.argument()).strip();
            text.append(left).append(" ".repeat(Math.max(2, COLUMN - left.length())));
            text.append(option.purpose()).append('\n');
        }
        return text.append("\nIt reads no network. docs/estimate.md has the method and its limits.\n")
                .toString();
    }
}
