/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.hwmon;

import dev.wattle.core.probe.Readings;

/** Reads one domain from files that stay open. Does not allocate while they can be read. Used by one thread. */
interface DomainReader extends AutoCloseable {
    /** Noted once for files that a program replaces by renaming new ones. */
    String REPLACED = "its file is replaced each time it is written; it is reopened for that";

    void read(int domain, Readings into);

    @Override
    void close();
}
