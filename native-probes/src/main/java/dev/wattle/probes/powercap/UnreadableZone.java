/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.powercap;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;

/**
 * A zone that should be metered and cannot be read.
 *
 * @param zone the zone
 * @param cause the kind of cause, which decides the fix
 * @param reason what was found, or the message of the system
 */
record UnreadableZone(MeteredZone zone, Cause cause, String reason) {

    /** Why a counter cannot be read. */
    enum Cause {
        /** It exists and may not be opened. */
        FORBIDDEN,
        /** The zone has no such file. */
        MISSING,
        /** This process may open no more files. */
        TOO_MANY_FILES,
        /** The kernel failed to read it. */
        BROKEN,
        /** The file is empty, as while a program rewrites it. */
        EMPTY,
        /** The file has something other than a number of microjoules. */
        NO_NUMBER
    }

    /** For a file that was read and has no number. */
    static UnreadableZone holding(MeteredZone zone, String trouble) {
        Cause cause = trouble.endsWith(" is empty") ? Cause.EMPTY : Cause.NO_NUMBER;
        return new UnreadableZone(zone, cause, trouble);
    }

    /** From the JDK's message: {@code FILE (Permission denied)} if it cannot open the file, else the kernel's message. */
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

    /** Whether a file that a program writes may have a number a moment later. */
    boolean mayPass() {
        return cause == Cause.EMPTY || cause == Cause.NO_NUMBER;
    }
}
