/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.attribution;

import dev.wattle.core.boundary.Phase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The open epochs of one training: at most one of a framework, and those of the program, on as many threads.
 *
 * <p>The energy of the training goes to the open epochs in equal parts; without any, it counts as used since the last epoch.
 * For the thread that follows.
 */
final class OpenEpochs {

    private final List<OpenEpoch> open = new ArrayList<>(1);

    /** The epoch that a framework has open. */
    private @Nullable OpenEpoch current;

    /** How many starts of the framework's epoch have not ended yet. */
    private int depth;

    /** Whether the end of the framework's epoch is not reported: it ends with what comes next. */
    private boolean pass;

    private final DomainSums insideMicrojoules = new DomainSums();
    private long sinceLastMicrojoules;

    void charge(Phase phase, int domain, long microjoules) {
        int parts = open.size();
        if (parts == 0) {
            sinceLastMicrojoules += microjoules;
        }
        for (int i = 0; i < parts; i++) {
            // The remainder of the division goes to the first ones.
            open.get(i).charge(phase, domain, microjoules / parts + (i < microjoules % parts ? 1 : 0));
        }
    }

    /**
     * Energy was allocated to a training inside an epoch.
     *
     * @param outer the epoch; null for the framework's
     */
    void chargeInside(@Nullable OpenEpoch outer, int domain, long microjoules) {
        OpenEpoch charged = outer == null ? current : outer;
        if (charged != null) {
            charged.chargeInside(domain, microjoules);
            insideMicrojoules.add(domain, microjoules);
        }
    }

    /** The energy of trainings inside the epochs so far, over some domains, in microjoules. */
    long insideMicrojoules(boolean[] counted) {
        return insideMicrojoules.total(counted);
    }

    /** Others were active at the same time. */
    void sharesTime() {
        for (OpenEpoch each : open) {
            each.shared = true;
        }
    }

    /** Some of the energy of this time is unknown, or is that of another time. */
    void missesEnergy() {
        for (OpenEpoch each : open) {
            each.incomplete = true;
        }
    }

    /** The carbon intensity changes; see {@link OpenEpoch#endIntensity}. */
    void endIntensity(int step) {
        for (OpenEpoch each : open) {
            each.endIntensity(step);
        }
    }

    /** Opens an epoch of the program. */
    OpenEpoch add(long nanos) {
        OpenEpoch opened = new OpenEpoch(nanos);
        open.add(opened);
        if (open.size() > 1) {
            sharesTime();
        }
        return opened;
    }

    /** Opens the framework's epoch in place of the one that is open. */
    void start(long nanos, boolean isPass) {
        if (current != null) {
            discard(current);
        }
        current = add(nanos);
        pass = isPass;
    }

    /** One more start of the framework's epoch; whether it is the outermost. */
    boolean enter() {
        return depth++ == 0;
    }

    /** One more end of the framework's epoch; whether it is the outermost. */
    boolean leave() {
        return depth > 0 && --depth == 0;
    }

    /** Whether the framework has started an epoch whose end it will report. */
    boolean isEntered() {
        return depth > 0;
    }

    /** Whether the framework's epoch is open and ends with what comes next. */
    boolean isPassOpen() {
        return pass && current != null;
    }

    /** The end of the framework's epoch may be lost: it ends with what comes next. */
    void toPass() {
        pass = current != null;
    }

    /** The epoch that a framework has open. */
    @Nullable
    OpenEpoch current() {
        return current;
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** Whether the program has one open. */
    boolean hasProgramEpoch() {
        return open.size() > (current == null ? 0 : 1);
    }

    /** The iterations of all that are open. */
    long iterations() {
        return open.stream().mapToLong(each -> each.iterations).sum();
    }

    /** Removes an epoch that is none: what it used counts as used between epochs. */
    void discard(OpenEpoch none) {
        if (none == current) {
            clearCurrent();
        }
        if (open.remove(none)) {
            sinceLastMicrojoules += none.microjoules();
        }
    }

    /**
     * Removes an epoch that has ended.
     *
     * @return the energy that the training used since the epoch before, in microjoules
     */
    long close(OpenEpoch ended) {
        open.remove(ended);
        if (ended == current) {
            clearCurrent();
        }
        long since = sinceLastMicrojoules;
        sinceLastMicrojoules = 0;
        return since;
    }

    private void clearCurrent() {
        current = null;
        pass = false;
    }
}
