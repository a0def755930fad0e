/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.source;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What helps where a source cannot be read.
 *
 * @param when the case it is for and what is done then, as the first words of a sentence: {@code in a container, mount
 *     the host's counters}
 * @param commands what to type or to set, exactly, one after the other
 */
public record Fix(String when, List<String> commands) {
    public Fix {
        commands = List.copyOf(commands);
    }

    public Fix(String when, String... commands) {
        this(when, List.of(commands));
    }

    /** Where this process has as many files open as it may. */
    public static Fix moreOpenFiles() {
        return new Fix(
                "let this process open more files, in its shell, its service (LimitNOFILE=65536) or its container",
                "ulimit -n 65536",
                "docker run --ulimit nofile=65536 IMAGE");
    }

    /**
     * Lets a group read files that belong to root, now and after the next boot.
     *
     * @param rulesFile the name of a file for udev's rules
     * @param match how such a rule knows the device
     * @param inRule the files as the rule names them, the device's directory being {@code /sys%p}
     */
    public static List<Fix> readableByAGroup(List<Path> files, String rulesFile, String match, List<String> inRule) {
        String now = files.stream().map(Path::toString).collect(Collectors.joining(" "));
        String lasting = String.join(" ", inRule);
        return List.of(
                new Fix(
                        "let the group 'power' read it until the next boot, and log in anew",
                        "sudo groupadd -f power",
                        "sudo chgrp power " + now,
                        "sudo chmod 0440 " + now,
                        "sudo usermod -aG power $USER"),
                new Fix(
                        "to make that last, put this line into /etc/udev/rules.d/" + rulesFile,
                        match + ", ACTION==\"add\", RUN+=\"/bin/sh -c 'chgrp power " + lasting + "; chmod 0440 "
                                + lasting + "'\""));
    }
}
