/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.training;

import java.util.List;
import java.util.Optional;

/**
 * Deals out the energy of all domains, stretch by stretch, to what was going on: each stretch's in equal parts to the
 * trainings at work, or to nobody. Whole microjoules, so that the parts always add up. For the thread that follows.
 */
final class EnergyPartition {

    private static final int PHASES = Phase.values().length;
    private static final int FRAMEWORKS = Framework.values().length;

    private final int domains;
    private final long[] cumulative;
    private final long[] dealt;
    private long nanos;

    EnergyPartition(long startNanos, int domains) {
        this.nanos = startNanos;
        this.domains = domains;
        this.cumulative = new long[domains];
        this.dealt = new long[FRAMEWORKS * PHASES * domains];
    }

    /** Until when energy has been dealt out. */
    long nanos() {
        return nanos;
    }

    /** The energy of all domains until then, in microjoules. */
    long totalMicrojoules(boolean[] ours) {
        long sum = 0;
        for (int domain = 0; domain < domains; domain++) {
            sum += ours[domain] ? cumulative[domain] : 0;
        }
        return sum;
    }

    /**
     * Deals out what was used since the last time.
     *
     * @param untilNanos an instant; one that lies before the last changes nothing
     * @param energies the domains' cumulative energies at that instant
     */
    void advance(long untilNanos, long[] energies, List<Training> atWork) {
        if (untilNanos - nanos <= 0) {
            return;
        }
        nanos = untilNanos;
        for (int domain = 0; domain < domains; domain++) {
            long used = energies[domain] - cumulative[domain];
            if (used > 0) {
                cumulative[domain] = energies[domain];
                deal(domain, used, atWork);
            }
        }
        if (atWork.size() > 1) {
            atWork.forEach(Training::sharesTime);
        }
    }

    private void deal(int domain, long used, List<Training> atWork) {
        int parts = atWork.size();
        for (int i = 0; i < parts; i++) {
            // The rest of the division goes to the first ones.
            long part = used / parts + (i < used % parts ? 1 : 0);
            Training training = atWork.get(i);
            Optional<Phase> phase = training.phase();
            training.charge(phase.orElseThrow(), domain, part);
            dealt[index(training.framework(), phase.orElseThrow(), domain)] += part;
        }
    }

    /** What a framework used in a phase of one domain, in microjoules. */
    long dealt(Framework framework, Phase phase, int domain) {
        return dealt[index(framework, phase, domain)];
    }

    /** What was dealt to nobody, of one domain, in microjoules. */
    long outside(int domain) {
        long sum = cumulative[domain];
        for (int i = domain; i < dealt.length; i += domains) {
            sum -= dealt[i];
        }
        return sum;
    }

    private int index(Framework framework, Phase phase, int domain) {
        return (framework.ordinal() * PHASES + phase.ordinal()) * domains + domain;
    }
}
