/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.source;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How to make a source readable.
 *
 * @param when in which case it applies and what it does, as the start of a sentence: {@code in a container, mount the
 *     host's counters}
 * @param commands the exact commands or settings, in order
 */
public record Fix(String when, List<String> commands) {
    public Fix {
        commands = List.copyOf(commands);
    }

    public Fix(String when, String... commands) {
        this(when, List.of(commands));
    }

    /** For a process that may not open more files. */
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
     * @param match the rule's condition for the device
     * @param inRule the files as the rule names them, where {@code /sys%p} is the device's directory
     */
    public static List<Fix> readableByAGroup(List<Path> files, String rulesFile, String match, List<String> inRule) {
        String now = files.stream().map(Path::toString).collect(Collectors.joining(" "));
        String lasting = String.join(" ", inRule);
        return List.of(
                new Fix(
                        "let the group 'power' read it until the next boot, and log in again",
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
