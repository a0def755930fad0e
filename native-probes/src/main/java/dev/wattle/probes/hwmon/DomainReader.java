/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.hwmon;

import dev.wattle.core.probe.Readings;

/** Reads one domain from files that stay open; allocates nothing while they can be read. Used by one thread. */
interface DomainReader extends AutoCloseable {
    /** Said once of files that a program writes beside the old ones and renames. */
    String REPLACED = "its file is replaced each time it is written; it is opened anew for that";

    void read(int domain, Readings into);

    @Override
    void close();
}
