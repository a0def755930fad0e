/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.source;

import dev.wattle.core.probe.Component;

/**
 * A processor package or die, or the memory of one. It has the same label whichever source reads its counter.
 *
 * @param component processor or memory
 * @param packageNumber the package, as the kernel counts
 * @param die the die in it, or {@link #WHOLE}
 */
public record ProcessorPart(Component component, int packageNumber, int die) {
    /** Instead of a die's number: the whole package. */
    public static final int WHOLE = -1;

    private static final String DIE = "-die-";

    /** {@code package-0}, {@code package-0-die-1}, {@code dram-0}, {@code dram-0-die-1}. */
    public String label() {
        String socket = (component == Component.DRAM ? "dram-" : "package-") + packageNumber;
        return die == WHOLE ? socket : socket + DIE + die;
    }

    /**
     * The label of the whole socket that a part belongs to. Two counters overlap only if this is equal: one source may call
     * a package what another calls a die.
     */
    public static String socketOf(String label) {
        int die = label.indexOf(DIE);
        return die < 0 ? label : label.substring(0, die);
    }
}
