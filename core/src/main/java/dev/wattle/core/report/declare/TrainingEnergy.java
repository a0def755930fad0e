/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.declare;

import dev.wattle.core.boundary.SaturatingMath;
import dev.wattle.core.ledger.detail.PhaseDetail;
import dev.wattle.core.ledger.detail.RunDetail;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A run's energy as declarations ask for it. What the run used for the use of models is inference; all else is training, with the
 * loading of data and the start of the program. Immutable.
 *
 * @param trainingMicrojoules of training
 * @param inferenceMicrojoules of the use of models, outside of training
 */
public record TrainingEnergy(long trainingMicrojoules, long inferenceMicrojoules) {

    private static final BigDecimal MICROJOULES_PER_KWH = new BigDecimal("3600000000000");
    private static final int MAX_DECIMALS = 15;

    /** The energy of a run. */
    public static TrainingEnergy of(RunDetail run) {
        long inference = 0;
        for (PhaseDetail phase : run.phases()) {
            if (phase.phase().equals("inference")) {
                inference = SaturatingMath.add(inference, phase.microjoules());
            }
        }
        long total = run.totalMicrojoules();
        return new TrainingEnergy(total - Math.min(total, inference), Math.min(total, inference));
    }

    /** An energy in kWh as a decimal without an exponent. */
    static String kwh(long microjoules) {
        BigDecimal kwh = new BigDecimal(microjoules).divide(MICROJOULES_PER_KWH, MAX_DECIMALS, RoundingMode.HALF_EVEN);
        return kwh.signum() == 0 ? "0" : kwh.stripTrailingZeros().toPlainString();
    }
}
