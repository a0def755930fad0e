/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.detail;

import dev.wattle.core.boundary.Framework;
import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.LearningCurve;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The learning curve of a training whose run was killed, from the lines of its epochs, as the run would have made it. */
final class CurveOfEpochs {

    private CurveOfEpochs() {}

    /** The curve; empty where the lines of epochs are not complete, or there is no metric. */
    static Optional<LearningCurve> of(List<EpochDetail> epochs) {
        List<EpochRecord> records = new ArrayList<>();
        int before = 0;
        for (EpochDetail epoch : epochs) {
            if (epoch.first() != before + 1) {
                return Optional.empty();
            }
            before = epoch.last();
            records.add(record(epoch));
        }
        return records.isEmpty() ? Optional.empty() : LearningCurve.of(records);
    }

    /** All energy is that between epochs: a curve needs no devices. */
    private static EpochRecord record(EpochDetail epoch) {
        return new EpochRecord(
                1,
                Framework.CUSTOM,
                epoch.first(),
                epoch.last(),
                Instant.EPOCH,
                0,
                0,
                Map.of(),
                0,
                0,
                epoch.cycleMicrojoules(),
                epoch.iterations(),
                epoch.samples(),
                epoch.loss(),
                epoch.metrics(),
                epoch.belowResolution(),
                epoch.shared(),
                epoch.incomplete(),
                List.of());
    }
}
