/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.export;

import java.io.IOException;
import java.io.OutputStream;

/** Writes all meters in one of Prometheus' formats. */
@FunctionalInterface
public interface MetricsSource {

    /**
     * Writes the current values; leaves the stream open.
     *
     * @param contentType the media type of the format, with its parameters
     */
    void write(OutputStream out, String contentType) throws IOException;
}
