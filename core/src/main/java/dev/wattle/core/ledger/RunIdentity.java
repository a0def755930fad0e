/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Which run this is.
 *
 * @param run its name, unique where nobody chose one
 * @param project what it belongs to, if anything
 * @param labels further names a user gave it, in the user's order
 * @param host the machine's name
 * @param pid the JVM's process
 * @param java the JVM's version
 * @param wattle the meter's version
 * @param started when it began
 */
public record RunIdentity(
        String run,
        Optional<String> project,
        Map<String, String> labels,
        String host,
        long pid,
        String java,
        String wattle,
        Instant started) {}
