/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.text;

import dev.wattle.core.epoch.EpochRecord;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** A sign behind an epoch's number that limits what the row says. The live page shows the same signs and meanings. */
public enum EpochMark {
    /** The epoch is too short for the sensors. */
    INTERPOLATED(
            '~',
            "below_resolution",
            "shorter than two steps of the slowest sensor: mostly interpolated",
            EpochRecord::belowResolution),
    /** Another training ran at the same time. */
    SHARED(
            '*',
            "shared",
            "another training was active at the same time: each is allocated an equal part",
            EpochRecord::shared),
    /** Some figures of the epoch are missing. */
    INCOMPLETE(
            '!', "incomplete", "some events were lost or not metered: figures may be too low", EpochRecord::incomplete);

    private final char sign;
    private final String field;
    private final String meaning;
    private final Predicate<EpochRecord> applies;

    EpochMark(char sign, String field, String meaning, Predicate<EpochRecord> applies) {
        this.sign = sign;
        this.field = field;
        this.meaning = meaning;
        this.applies = applies;
    }

    /** One character of ASCII. */
    public char sign() {
        return sign;
    }

    /** The boolean field of an epoch in the journal and in {@code /run} that says the same. */
    public String field() {
        return field;
    }

    /** What the sign means, in a few words. */
    public String meaning() {
        return meaning;
    }

    /** Whether the epoch has this mark. */
    public boolean appliesTo(EpochRecord epoch) {
        return applies.test(epoch);
    }

    /** The marks that at least one of the epochs has, in the order of this enum. */
    public static List<EpochMark> of(List<EpochRecord> epochs) {
        return Arrays.stream(values())
                .filter(mark -> epochs.stream().anyMatch(mark::appliesTo))
                .toList();
    }
}
