/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.powercap;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;

/**
 * A zone that should be metered and cannot be.
 *
 * @param zone the zone
 * @param cause what kind of obstacle it is, which decides what helps
 * @param reason what was found or what the system said, in words
 */
record UnreadableZone(MeteredZone zone, Cause cause, String reason) {

    /** Why a counter cannot be read. */
    enum Cause {
        /** It is there and may not be opened. */
        FORBIDDEN,
        /** The zone has no such file. */
        MISSING,
        /** This process may open no more files. */
        TOO_MANY_FILES,
        /** The kernel failed to read it. */
        BROKEN,
        /** The file holds nothing, as while something writes it anew. */
        EMPTY,
        /** The file holds something else than a number of microjoules. */
        NO_NUMBER
    }

    /** Of a file that was read and holds no number. */
    static UnreadableZone holding(MeteredZone zone, String trouble) {
        Cause cause = trouble.endsWith(" is empty") ? Cause.EMPTY : Cause.NO_NUMBER;
        return new UnreadableZone(zone, cause, trouble);
    }

    /** The JDK says {@code FILE (Permission denied)} where a file cannot be opened, and what the kernel said after that. */
    static UnreadableZone because(MeteredZone zone, IOException failure) {
        String message = String.valueOf(failure.getMessage());
        if (message.endsWith(" is empty") || message.endsWith(" is no plain file")) {
            return holding(zone, message);
        }
        Cause cause = Cause.BROKEN;
        if (message.contains("Too many open files")) {
            cause = Cause.TOO_MANY_FILES;
        } else if (failure instanceof FileNotFoundException) {
            cause = Files.exists(zone.zone().energyFile()) ? Cause.FORBIDDEN : Cause.MISSING;
        }
        String said = message.replace(zone.zone().energyFile() + " ", "").replaceAll("^\\((.*)\\)$", "$1");
        return new UnreadableZone(zone, cause, zone.zone().energyFile() + " cannot be read (" + said + ")");
    }

    /** Whether a file that something else writes may hold a number a moment later. */
    boolean mayPass() {
        return cause == Cause.EMPTY || cause == Cause.NO_NUMBER;
    }
}
