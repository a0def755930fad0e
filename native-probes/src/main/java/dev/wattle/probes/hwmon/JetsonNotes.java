/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.hwmon;

import dev.wattle.probes.source.Finding;
import dev.wattle.probes.source.Fix;
import dev.wattle.probes.source.ProbeKind;
import dev.wattle.probes.source.SourceState;
import java.util.List;
import java.util.Set;

/** The findings about the rails of a Jetson. */
final class JetsonNotes {
    private JetsonNotes() {}

    /**
     * @param labels the unknown rails
     * @param metered the known rails of the same module
     */
    static Finding unknownRails(Monitor chip, List<String> labels, Set<String> metered) {
        String rails = String.join(", ", labels) + " at " + chip.place();
        if (metered.isEmpty()) {
            return HwmonNotes.refused(
                    chip,
                    "The rails " + rails + " are those of no module that is known: what they feed" + HwmonNotes.MISSING,
                    List.of());
        }
        return new Finding(
                ProbeKind.HWMON,
                chip.directory().toString(),
                SourceState.PARTLY,
                "Of the rails " + rails + " nothing is known; " + String.join(", ", metered) + " of the same module"
                        + (metered.size() == 1 ? " is" : " are") + " metered, and whether that holds what these feed is"
                        + " not known either.",
                List.of());
    }

    static Finding wholeBoard(Monitor chip) {
        return HwmonNotes.unneeded(
                chip,
                "The chip at " + chip.place()
                        + " measures VIN, which feeds the module and its carrier board: the module's"
                        + " rails are metered and VIN is not added to them.");
    }

    static Finding railOfGpu(Channel rail) {
        return HwmonNotes.unneeded(
                rail.monitor(), rail.domain().name() + " feeds the GPU, which is metered by itself: it is not added.");
    }

    static String boardAlone(String device) {
        return device
                + " is all that the board takes, with processor, memory, GPU and carrier board in one; it is shown as"
                + " cpu.";
    }

    static Finding slow(Monitor chip, long updateMillis) {
        return HwmonNotes.refused(
                chip,
                "The rails at " + chip.place() + " are not metered: the chip takes " + updateMillis
                        + " ms for a round, and a reading would wait for it.",
                List.of(new Fix(
                        "let it measure faster until the next boot",
                        "echo 7 | sudo tee " + chip.file("update_interval"))));
    }
}
