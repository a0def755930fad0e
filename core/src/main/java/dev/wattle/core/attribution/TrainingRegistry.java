/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.attribution;

import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.TrainingNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The trainings that are followed, found by what they are about, in bounded memory: the oldest that nobody is at are
 * forgotten. For the thread that follows.
 */
final class TrainingRegistry {

    static final int MOST_TRAININGS = 256;
    static final int MOST_RECORDS = 4_096;
    private static final int MOST_SUBJECTS = 16 * MOST_TRAININGS;

    private final Map<Long, Training> bySubject = new HashMap<>();
    private final List<Training> followed = new ArrayList<>();
    private final TrainingNames names;
    private int numbered;
    private int forgotten;

    TrainingRegistry(TrainingNames names) {
        this.names = names;
    }

    List<Training> followed() {
        return followed;
    }

    /** How many that had trained are no longer held. */
    int forgotten() {
        return forgotten;
    }

    @Nullable
    Training find(Framework framework, int subject) {
        return bySubject.get(key(framework, subject));
    }

    /** The training about a subject; begins to be followed where it is new. */
    Training of(Framework framework, int subject, long nanos) {
        Training known = find(framework, subject);
        if (known != null) {
            return known;
        }
        Training training = new Training(framework, nanos);
        if (framework == Framework.CUSTOM) {
            training.call(names.nameOf(subject));
        }
        followed.add(training);
        bySubject.put(key(framework, subject), training);
        if (followed.size() > MOST_TRAININGS) {
            forgetOldest(training);
        }
        return training;
    }

    /** From here on the subject is another name for the training. */
    void alias(Framework framework, int subject, Training training) {
        if (bySubject.size() < MOST_SUBJECTS) {
            bySubject.putIfAbsent(key(framework, subject), training);
        }
    }

    /** Those that somebody is at. */
    void atWork(List<Training> into) {
        into.clear();
        for (int i = 0; i < followed.size(); i++) {
            if (followed.get(i).phase().isPresent()) {
                into.add(followed.get(i));
            }
        }
    }

    /** Gives the training its number, which is that of its first iteration or epoch among the trainings'. */
    void number(Training training) {
        if (training.number() == 0) {
            training.number(++numbered);
        }
    }

    /** Keeps the number of records in bounds. */
    void bound(Training latest) {
        int records = 0;
        for (Training training : followed) {
            records += training.records();
        }
        while (records > MOST_RECORDS) {
            int less = forgetOldest(latest);
            if (less < 0) {
                return;
            }
            records -= less;
        }
    }

    /** How many records went with it; negative where all are being worked at. */
    private int forgetOldest(Training latest) {
        for (Iterator<Training> oldest = followed.iterator(); oldest.hasNext(); ) {
            Training training = oldest.next();
            if (training != latest && !training.isWorking()) {
                oldest.remove();
                bySubject.values().removeIf(known -> known == training);
                forgotten += training.hasTrained() ? 1 : 0;
                return training.records();
            }
        }
        return -1;
    }

    private static long key(Framework framework, int subject) {
        return (long) framework.ordinal() << 32 | subject & 0xFFFF_FFFFL;
    }
}
