/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.totals;

import dev.wattle.core.ledger.read.RecordedRun;
import java.time.ZoneOffset;

/** By what the runs of a ledger are grouped into rows. Immutable. */
public sealed interface Grouping {

    /** The row of runs that lack what they are grouped by. */
    String NONE = "(none)";

    /** The name of the row that the run is part of. */
    String rowOf(RecordedRun run);

    /** A property that each run has at most once. */
    enum Property implements Grouping {
        /** The key {@code project}. */
        PROJECT {
            @Override
            public String rowOf(RecordedRun run) {
                return run.identity().project().orElse(NONE);
            }
        },
        /** The user that the JVM ran as. */
        USER {
            @Override
            public String rowOf(RecordedRun run) {
                return run.identity().user().orElse(NONE);
            }
        },
        /** The machine's name. */
        HOST {
            @Override
            public String rowOf(RecordedRun run) {
                return run.identity().host();
            }
        },
        /** The day in UTC on which the run started. */
        DAY {
            @Override
            public String rowOf(RecordedRun run) {
                return run.identity()
                        .started()
                        .atOffset(ZoneOffset.UTC)
                        .toLocalDate()
                        .toString();
            }
        },
        /** The frameworks that trained in the run; several are joined by {@code +}. */
        FRAMEWORK {
            @Override
            public String rowOf(RecordedRun run) {
                return run.framework();
            }
        },
        /** The run's name. */
        RUN {
            @Override
            public String rowOf(RecordedRun run) {
                return run.identity().run();
            }
        }
    }

    /**
     * The value of one of the labels that the user gave.
     *
     * @param name the label's name
     */
    record Label(String name) implements Grouping {
        @Override
        public String rowOf(RecordedRun run) {
            String value = run.identity().labels().getOrDefault(name, "");
            return value.isEmpty() ? NONE : value;
        }
    }
}
