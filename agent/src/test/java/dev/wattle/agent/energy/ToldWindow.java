/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.energy;

import dev.wattle.agent.energy.DrivenCounter.Moment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A line of {@link dev.wattle.agent.host.program.OwnWindows}. */
record ToldWindow(
        String name,
        double joules,
        Map<String, Double> joulesByDevice,
        String quality,
        boolean belowResolution,
        Moment opened,
        Moment closed) {

    static List<ToldWindow> in(String stdout) {
        return stdout.lines()
                .filter(line -> line.startsWith("window "))
                .map(ToldWindow::of)
                .toList();
    }

    private static ToldWindow of(String line) {
        String[] words = line.split(" ", -1);
        Map<String, Double> byDevice = new LinkedHashMap<>();
        for (String entry : words[3].replaceAll("[{}]", "").split(",", -1)) {
            if (!entry.isEmpty()) {
                int equals = entry.indexOf('=');
                byDevice.put(entry.substring(0, equals), Double.valueOf(entry.substring(equals + 1)));
            }
        }
        return new ToldWindow(
                words[1],
                Double.parseDouble(words[2]),
                byDevice,
                words[4],
                Boolean.parseBoolean(words[5]),
                new Moment(Long.parseLong(words[6]), Long.parseLong(words[7])),
                new Moment(Long.parseLong(words[8]), Long.parseLong(words[9])));
    }
}
