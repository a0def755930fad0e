/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.text;

import dev.wattle.core.epoch.LearningCurve;
import dev.wattle.core.epoch.LearningCurve.LastQuarter;
import dev.wattle.core.epoch.QualityMetric;
import java.util.Locale;

/** Says in words what a training's progress cost. */
public final class CurveText {

    private CurveText() {}

    /** A sentence or two; empty where there are too few epochs to say anything. */
    public static String of(LearningCurve curve) {
        StringBuilder text = new StringBuilder();
        curve.lastQuarter().ifPresent(end -> text.append(of(end, curve.merit())));
        curve.cornerEpoch()
                .ifPresent(epoch -> text.append(text.length() == 0 ? "" : "; ")
                        .append("after epoch ")
                        .append(epoch)
                        .append(" each further ")
                        .append(curve.merit().inPoints() ? "point" : "unit")
                        .append(" cost more than ")
                        .append(LearningCurve.TIMES)
                        .append(" times the first"));
        return text.toString();
    }

    private static String of(LastQuarter end, QualityMetric merit) {
        String epochs =
                end.first() == end.last() ? "epoch " + end.last() : "epochs " + end.first() + " to " + end.last();
        String share = Double.isNaN(end.energyShare())
                ? " used no energy that could be told "
                : String.format((Locale) null, " cost %.1f %% of the energy ", 100 * end.energyShare());
        if (end.gain() <= 0) {
            return epochs + share + "and did not better " + merit.name() + ", best after epoch " + end.bestEpoch();
        }
        String gain = merit.inPoints()
                ? String.format((Locale) null, "for the last %.2f points of ", end.gain()) + merit.name()
                : "for the last " + QuantityFormat.digits(end.gain()) + " of " + merit.name();
        return epochs
                + share
                + gain
                + String.format((Locale) null, ", %.1f %% of its whole improvement", 100 * end.gainShare());
    }
}
