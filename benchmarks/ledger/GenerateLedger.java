/* SPDX-License-Identifier: Apache-2.0 */
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;

/**
 * Writes a ledger of generated journals, to measure how long {@code report} takes: {@code java GenerateLedger.java DIR COUNT}.
 * Each has 12 epochs and up to 20 checkpoints; one in ten was killed, and one in four overlaps the one before on its host.
 */
final class GenerateLedger {
    private static final int HOSTS = 50;

    private GenerateLedger() {}

    public static void main(String[] words) throws IOException {
        Path directory = Path.of(words[0]);
        int count = Integer.parseInt(words[1]);
        Random random = new Random(1);
        long[] free = new long[HOSTS];
        for (int i = 0; i < count; i++) {
            int host = random.nextInt(HOSTS);
            int seconds = 20 + random.nextInt(60);
            long start = free[host] + (random.nextInt(4) == 0 ? -10 : random.nextInt(600));
            free[host] = start + seconds;
            Path file = Files.createDirectories(directory.resolve("node-" + host)).resolve("run-" + i + ".jsonl");
            Files.writeString(file, journal(i, host, Instant.parse("2026-01-01T00:00:00Z").plusSeconds(start), seconds, random));
        }
    }

    private static String journal(int number, int host, Instant started, int seconds, Random random) {
        String carbon = "{\"grams_per_kwh\":458.0,\"zone\":\"WORLD\",\"year\":2025,\"kind\":\"lifecycle\","
                + "\"basis\":\"generation\",\"source\":\"ember-ger-2026\",\"pue\":1.0}";
        String device = "{\"device\":\"package-0\",\"component\":\"cpu\",\"name\":\"AMD EPYC\",\"uuid\":\"\","
                + "\"quality\":\"counter\",\"scope\":\"machine\",\"source\":\"/sys/class/powercap/intel-rapl:0\"}";
        StringBuilder text = new StringBuilder("{\"type\":\"run\",\"schema\":1,\"run\":\"run-" + number
                + "\",\"project\":\"project-" + random.nextInt(20) + "\",\"labels\":{\"team\":\"team-" + random.nextInt(9)
                + "\"},\"started\":\"" + started + "\",\"host\":\"node-" + host + "\",\"user\":\"user-" + random.nextInt(30)
                + "\",\"pid\":" + number + ",\"java\":\"17\",\"wattle\":\"0.1.0\",\"carbon\":" + carbon + ",\"devices\":["
                + device + "]}\n");
        long watts = 60 + host;
        for (int epoch = 1; epoch <= 12; epoch++) {
            text.append("{\"type\":\"epoch\",\"training\":1,\"framework\":\"dl4j\",\"first\":" + epoch + ",\"last\":" + epoch
                    + ",\"began\":\"" + started.plusSeconds(epoch) + "\",\"seconds\":1.196854927,\"microjoules\":{"
                    + "\"package-0\":" + watts * 1_000_000 + "},\"quality\":\"counter\",\"validation_microjoules\":0,"
                    + "\"since_last_microjoules\":0,\"kwh\":1.5e-06,\"co2e_grams\":0.00069,\"iterations\":91,"
                    + "\"samples\":1442,\"loss\":" + random.nextDouble()
                    + ",\"metrics\":{},\"below_resolution\":false,\"shared\":false}\n");
        }
        for (int second = 4; second < seconds; second += 4) {
            text.append(totals("checkpoint", started, second, watts)).append("}\n");
        }
        if (random.nextInt(10) > 0) {
            text.append(totals("summary", started, seconds, watts) + ",\"kwh\":0.001,\"carbon\":" + carbon
                    + ",\"devices\":[" + device + "],\"trainings\":[{\"training\":1,\"framework\":\"dl4j\",\"epochs\":12,"
                    + "\"iterations\":1092,\"samples\":17304,\"microjoules_by_phase\":{\"train\":1},\"quality\":\"counter\"}],"
                    + "\"windows\":[]}\n");
        }
        return text.toString();
    }

    private static String totals(String type, Instant started, long seconds, long watts) {
        long energy = seconds * watts * 1_000_000;
        return "{\"type\":\"" + type + "\",\"at\":\"" + started.plusSeconds(seconds) + "\",\"elapsed_seconds\":" + seconds
                + ".0,\"microjoules\":{\"package-0\":" + energy + "},\"microjoules_by_quality\":{\"counter\":" + energy
                + "},\"process_microjoules\":{\"cpu\":{\"counter\":" + energy / 2 + "}},\"iterations\":{\"dl4j\":1092},"
                + "\"co2e_grams\":" + energy / 3.6e12 * 458 + ",\"phases\":[{\"framework\":\"dl4j\",\"phase\":\"train\","
                + "\"microjoules\":{\"package-0\":" + energy + "}}]";
    }
}
