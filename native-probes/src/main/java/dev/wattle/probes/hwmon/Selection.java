/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.hwmon;

import dev.wattle.probes.source.Finding;
import java.util.ArrayList;
import java.util.List;

/** What will be metered, without overlaps, and the findings about what is left out. */
final class Selection {
    private final List<Channel> channels = new ArrayList<>();
    private final List<Finding> leftOut = new ArrayList<>();

    void meter(Channel channel) {
        channels.add(channel);
    }

    void leaveOut(Finding reason) {
        leftOut.add(reason);
    }

    List<Channel> channels() {
        return channels;
    }

    List<Finding> leftOut() {
        return leftOut;
    }
}
