/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.attribution;

import java.util.Arrays;

/** Microjoules by domain, where domains may join at any time. For the thread that follows. */
final class DomainSums {

    private long[] microjoules = {};

    void add(int domain, long more) {
        if (domain >= microjoules.length) {
            microjoules = Arrays.copyOf(microjoules, domain + 1);
        }
        microjoules[domain] += more;
    }

    /** The sum of one domain. */
    long of(int domain) {
        return domain < microjoules.length ? microjoules[domain] : 0;
    }

    long total() {
        long sum = 0;
        for (long part : microjoules) {
            sum += part;
        }
        return sum;
    }

    /** The sum over some domains. */
    long total(boolean[] counted) {
        long sum = 0;
        for (int domain = 0; domain < Math.min(counted.length, microjoules.length); domain++) {
            sum += counted[domain] ? microjoules[domain] : 0;
        }
        return sum;
    }

    /** These and others, domain by domain. */
    long[] plus(DomainSums others) {
        long[] sums = Arrays.copyOf(microjoules, Math.max(microjoules.length, others.microjoules.length));
        for (int domain = 0; domain < others.microjoules.length; domain++) {
            sums[domain] += others.microjoules[domain];
        }
        return sums;
    }

    /** A copy. */
    long[] all() {
        return microjoules.clone();
    }
}
