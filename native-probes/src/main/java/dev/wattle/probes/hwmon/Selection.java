/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.hwmon;

import dev.wattle.probes.source.Finding;
import java.util.ArrayList;
import java.util.List;

/** What is to be metered, none of it a part of another, and what is left out and why. */
final class Selection {
    private final List<Channel> channels = new ArrayList<>();
    private final List<Finding> leftOut = new ArrayList<>();

    void meter(Channel channel) {
        channels.add(channel);
    }

    void leaveOut(Finding why) {
        leftOut.add(why);
    }

    List<Channel> channels() {
        return channels;
    }

    List<Finding> leftOut() {
        return leftOut;
    }
}
