/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.probe;

import java.util.Optional;

/**
 * A kind of hardware that may have energy to tell, to be looked for while others are metered already.
 *
 * <p>Used by one thread, but for {@link #name} and {@link #remedy}.
 */
public interface EnergySource {

    /** The word by which configuration, logs and meters know it, such as {@code nvml}. */
    String name();

    /**
     * Whether a look or a reading may block, as a driver's library or a bus does. Such a source has a thread of its own;
     * the others share that of the plain files.
     */
    boolean mayBlock();

    /**
     * Looks for it. Called again every few milliseconds until the answer {@linkplain Look#isDone is done}, so that a source
     * that depends on others can wait for them.
     *
     * @param last whether metering ends, so that nobody can be waited for any longer
     */
    Look look(boolean last);

    /** What helps where it does not answer, as a sentence; empty where nothing is known to help. */
    String remedy();

    /** A probe that was found already. */
    static EnergySource of(EnergyProbe probe) {
        return new EnergySource() {
            @Override
            public String name() {
                return probe.name();
            }

            @Override
            public boolean mayBlock() {
                return true;
            }

            @Override
            public Look look(boolean last) {
                return Look.found(probe);
            }

            @Override
            public String remedy() {
                return "";
            }
        };
    }

    /**
     * What a look came to.
     *
     * @param isDone whether it was the last one
     * @param probe what reads the source, owned by whoever looked; empty where there is nothing to read, or nothing yet
     */
    record Look(boolean isDone, Optional<EnergyProbe> probe) {

        /** It is too early to tell. */
        public static final Look NOT_YET = new Look(false, Optional.empty());

        /** There is nothing to read. */
        public static final Look NOTHING = new Look(true, Optional.empty());

        /** There is something to read. */
        public static Look found(EnergyProbe probe) {
            return new Look(true, Optional.of(probe));
        }
    }
}
