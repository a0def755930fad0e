/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Which run this is. Immutable.
 *
 * @param run its name, unique unless the user chose it
 * @param project the project it is part of, if any
 * @param labels further names from the user, in the user's order
 * @param host the machine's name
 * @param pid the JVM's process id
 * @param java the JVM's version
 * @param wattle the meter's version
 * @param started when metering started
 * @param user the name of the user that the JVM runs as, where it is known
 * @param boot the identity of the kernel's current boot, where it is known: equal in all containers of one machine, and
 *     different on machines of the same name
 */
public record RunIdentity(
        String run,
        Optional<String> project,
        Map<String, String> labels,
        String host,
        long pid,
        String java,
        String wattle,
        Instant started,
        Optional<String> user,
        Optional<String> boot) {

    /** A run whose user and boot are unknown. */
    public RunIdentity(
            String run,
            Optional<String> project,
            Map<String, String> labels,
            String host,
            long pid,
            String java,
            String wattle,
            Instant started) {
        this(run, project, labels, host, pid, java, wattle, started, Optional.empty(), Optional.empty());
    }
}
