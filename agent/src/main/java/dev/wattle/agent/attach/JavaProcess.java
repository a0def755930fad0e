/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.attach;

import dev.wattle.agent.attach.LinuxProcess.OpenFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A JVM as seen from outside, without attaching to it.
 *
 * @param pid its process id
 * @param java its version; "unknown" if this user may not read it
 * @param main the main class, or the jar
 * @param metered whether the sampling thread runs: "yes", "no" or "unknown"
 * @param training the framework whose native libraries or jars it has loaded; else "no" or "unknown"
 * @param page the address of the run's live page: by its journal, else by the only socket at which the JVM listens
 * @param journal the run's journal, if it has one open
 * @param unmetered which parts of its frameworks are not metered, and why, by its journal's latest totals; empty for a JVM of
 *     another user
 */
public record JavaProcess(
        long pid,
        String java,
        String main,
        String metered,
        String training,
        Optional<String> page,
        Optional<String> journal,
        List<String> unmetered) {
    static final String YES = "yes";
    static final String NO = "no";
    static final String UNKNOWN = "unknown";

    private static final String SAMPLER = "wattle-sampler";
    private static final String ENDPOINT = "wattle-http";
    private static final Pattern LIBJVM = Pattern.compile("/libjvm\\.so( \\(deleted\\))?$");
    private static final Pattern DL4J = Pattern.compile(
            "(?i)/(libjnind4j|libnd4j|nd4j-|deeplearning4j-)[^/]*$|/org/(nd4j|deeplearning4j|eclipse/deeplearning4j)/");
    private static final Pattern DJL = Pattern.compile("(?i)/(libdjl|djl-)[^/]*$|/\\.?djl(\\.ai)?/");

    /** All JVMs here except this one, by process id. */
    public static List<JavaProcess> all(Path procRoot, Path temporary) {
        long self = ProcessHandle.current().pid();
        return LinuxProcess.all(procRoot).stream()
                .filter(process -> process.pid() != self && isJvm(process, temporary))
                .map(process ->
                        of(process, temporary, LinuxProcess.self(procRoot).effectiveUser()))
                .toList();
    }

    /** Whether HotSpot runs in it. If its memory may not be read, the program's name decides. */
    static boolean isJvm(LinuxProcess process, Path temporary) {
        Optional<List<String>> mapped = process.mappedFiles();
        if (mapped.isPresent()) {
            return mapped.get().stream().anyMatch(file -> LIBJVM.matcher(file).find());
        }
        List<String> words = process.commandLine();
        return PerfData.of(temporary, process).isPresent()
                || !words.isEmpty() && words.get(0).matches("(.*/)?java");
    }

    /** @param reader the user who asks */
    static JavaProcess of(LinuxProcess process, Path temporary, Optional<Long> reader) {
        Optional<PerfData> published = PerfData.of(temporary, process);
        Optional<OpenFile> journal = journal(process);
        JournalTail latest = journal.filter(file -> reader.isPresent() && reader.equals(process.effectiveUser()))
                .map(file -> JournalTail.of(file.descriptor()))
                .orElse(JournalTail.NONE);
        return new JavaProcess(
                process.pid(),
                published.flatMap(PerfData::javaVersion).orElse(UNKNOWN),
                published
                        .flatMap(PerfData::command)
                        .or(() -> MainClassResolver.of(process.commandLine()))
                        .map(JavaProcess::firstWord)
                        .orElse(UNKNOWN),
                metered(process),
                training(process),
                latest.page().or(() -> onlySocket(process)),
                journal.map(OpenFile::name),
                latest.unmetered());
    }

    /** A program with sockets of its own does not show which one is the endpoint's. */
    private static Optional<String> onlySocket(LinuxProcess process) {
        if (!process.threadNames().orElse(List.of()).contains(ENDPOINT)) {
            return Optional.empty();
        }
        List<String> addresses = process.listening();
        return addresses.size() == 1 ? Optional.of("http://" + addresses.get(0) + "/") : Optional.empty();
    }

    private static String metered(LinuxProcess process) {
        return process.threadNames()
                .map(names -> names.contains(SAMPLER) ? YES : NO)
                .orElse(UNKNOWN);
    }

    private static String training(LinuxProcess process) {
        List<String> files = process.mappedFiles().orElse(List.of());
        Optional<List<String>> open = process.openFiles();
        if (files.isEmpty() && open.isEmpty()) {
            return UNKNOWN;
        }
        if (holds(files, DL4J) || holds(open.orElse(List.of()), DL4J)) {
            return "dl4j";
        }
        return holds(files, DJL) || holds(open.orElse(List.of()), DJL) ? "djl" : NO;
    }

    private static boolean holds(List<String> files, Pattern pattern) {
        return files.stream().anyMatch(file -> pattern.matcher(file).find());
    }

    private static Optional<OpenFile> journal(LinuxProcess process) {
        if (!metered(process).equals(YES)) {
            return Optional.empty();
        }
        return process.descriptors().orElse(List.of()).stream()
                .filter(file -> file.name().endsWith(".jsonl"))
                .findFirst();
    }

    private static String firstWord(String command) {
        String word = command.split(" ", 2)[0];
        // A jar's path is long and says no more than its name.
        return word.endsWith(".jar") ? word.substring(word.lastIndexOf('/') + 1) : word;
    }
}
