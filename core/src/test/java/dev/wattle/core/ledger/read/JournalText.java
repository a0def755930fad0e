/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.read;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes a journal with one device for a test, line by line. */
public final class JournalText {

    private static final Instant START = Instant.parse("2026-11-01T10:00:00Z");

    private final List<String> lines = new ArrayList<>();
    private String run = "r1";
    private String project = "vision";
    private String labels = "{\"team\":\"blue\"}";
    private String host = "node-1";
    private String user = "ada";
    private String boot = "";
    private String device = "package-0";
    private String component = "cpu";
    private String quality = "counter";
    private String scope = "machine";
    private Instant started = START;
    private long pid = 4711;
    private int schema = 1;

    public JournalText run(String name) {
        run = name;
        return this;
    }

    public JournalText project(String name) {
        project = name;
        return this;
    }

    public JournalText labels(String json) {
        labels = json;
        return this;
    }

    public JournalText host(String name) {
        host = name;
        return this;
    }

    public JournalText user(String name) {
        user = name;
        return this;
    }

    public JournalText boot(String id) {
        boot = id;
        return this;
    }

    public JournalText device(String name, String ofComponent, String ofQuality, String ofScope) {
        device = name;
        component = ofComponent;
        quality = ofQuality;
        scope = ofScope;
        return this;
    }

    public JournalText started(Instant at) {
        started = at;
        return this;
    }

    public JournalText pid(long id) {
        pid = id;
        return this;
    }

    JournalText schema(int version) {
        schema = version;
        return this;
    }

    /** Adds the first line. */
    public JournalText first() {
        return line("{\"type\":\"run\",\"schema\":" + schema + ",\"run\":\"" + run + "\",\"project\":\"" + project
                + "\",\"labels\":" + labels + ",\"started\":\"" + started + "\",\"host\":\"" + host + "\",\"pid\":"
                + pid
                + ",\"java\":\"17\",\"wattle\":\"0.1.0\""
                + (user.isEmpty() ? "" : ",\"user\":\"" + user + "\"")
                + (boot.isEmpty() ? "" : ",\"boot\":\"" + boot + "\"")
                + ",\"carbon\":{\"grams_per_kwh\":400.0,\"zone\":\"DE\",\"year\":2024,\"kind\":\"lifecycle\","
                + "\"basis\":\"generation\",\"source\":\"ember\",\"pue\":1.5},\"devices\":[" + device() + "]}");
    }

    private String device() {
        return "{\"device\":\"" + device + "\",\"component\":\"" + component
                + "\",\"name\":\"x\",\"uuid\":\"\",\"quality\":\"" + quality + "\",\"scope\":\"" + scope
                + "\",\"source\":\"s\"}";
    }

    public JournalText checkpoint(double seconds, long microjoules) {
        return line(totals("checkpoint", seconds, microjoules) + "}");
    }

    public JournalText summary(double seconds, long microjoules) {
        return line(totals("summary", seconds, microjoules)
                + ",\"trainings\":[{\"training\":1,\"framework\":\"dl4j\",\"began\":\"" + started
                + "\",\"planned_epochs\":3,\"epochs\":3,\"iterations\":30,\"samples\":300,\"microjoules_by_phase\":{\"train\":"
                + microjoules + "},\"quality\":\"" + quality + "\",\"projections\":[]}]}");
    }

    JournalText epoch(int number, long microjoules, double loss) {
        return line(
                "{\"type\":\"epoch\",\"training\":1,\"framework\":\"dl4j\",\"first\":" + number + ",\"last\":" + number
                        + ",\"began\":\"" + started.plusSeconds(number) + "\",\"seconds\":1.0,\"microjoules\":{\""
                        + device + "\":"
                        + microjoules
                        + "},\"quality\":\"" + quality
                        + "\",\"co2e_grams\":0.1,\"iterations\":10,\"samples\":100,\"loss\":" + loss
                        + ",\"metrics\":{\"accuracy\":0.5}}");
    }

    public JournalText line(String text) {
        lines.add(text);
        return this;
    }

    private String totals(String type, double seconds, long microjoules) {
        return String.format(
                Locale.ROOT,
                "{\"type\":\"%s\",\"at\":\"%s\",\"elapsed_seconds\":%s,\"microjoules\":{\"%s\":%d},"
                        + "\"microjoules_by_quality\":{\"%s\":%d},\"process_microjoules\":{\"cpu\":{\"%s\":%d}},"
                        + "\"iterations\":{\"dl4j\":30},\"co2e_grams\":%s,\"phases\":[]",
                type,
                started.plusNanos(Math.round(seconds * 1e9)),
                seconds,
                device,
                microjoules,
                quality,
                microjoules,
                quality,
                microjoules / 2,
                microjoules / 3.6e12 * 600);
    }

    public String text() {
        return String.join("\n", lines) + "\n";
    }

    public Path write(Path file) throws IOException {
        return Files.writeString(file, text());
    }
}
