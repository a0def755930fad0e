/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.probe;

import java.util.Optional;

/**
 * A kind of hardware that may be present. It is searched while other sources are metered already.
 *
 * <p>For one thread, except {@link #name} and {@link #remedy}.
 */
public interface EnergySource {

    /** The name of the source in configuration, logs and meters, such as {@code nvml}. */
    String name();

    /**
     * Whether a search or a reading may block, as a driver's library or a bus does. Such a source has a thread of its own;
     * the others share the sampling thread.
     */
    boolean mayBlock();

    /**
     * Searches the source. Called again every few milliseconds until the answer {@linkplain Look#isDone is final}, so that a
     * source that depends on others can wait for them.
     *
     * @param last whether metering ends, so that the answer must be final
     */
    Look look(boolean last);

    /** The fix if the source does not answer, as a sentence; empty if none is known. */
    String remedy();

    /** The source of a probe that exists already. */
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
     * The result of a search.
     *
     * @param isDone whether the result is final
     * @param probe reads the source, and is owned by the caller; empty if there is nothing to read, or nothing yet
     */
    record Look(boolean isDone, Optional<EnergyProbe> probe) {

        /** Not known yet. */
        public static final Look NOT_YET = new Look(false, Optional.empty());

        /** There is nothing to read. */
        public static final Look NOTHING = new Look(true, Optional.empty());

        /** There is something to read. */
        public static Look found(EnergyProbe probe) {
            return new Look(true, Optional.of(probe));
        }
    }
}
