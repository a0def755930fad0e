/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.text;

import dev.wattle.core.epoch.LearningCurve;
import dev.wattle.core.epoch.LearningCurve.LastQuarter;
import dev.wattle.core.epoch.QualityMetric;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A learning curve in words: what the progress of a training cost. */
public final class CurveText {

    private CurveText() {}

    /** A sentence or two; empty where there are too few epochs for a statement. */
    public static String of(LearningCurve curve) {
        StringBuilder text = new StringBuilder();
        curve.lastQuarter().ifPresent(end -> text.append(of(end, curve.metric())));
        curve.cornerEpoch()
                .ifPresent(epoch -> text.append(text.length() == 0 ? "" : "; ")
                        .append("after epoch ")
                        .append(epoch)
                        .append(" each further ")
                        .append(curve.metric().inPoints() ? "point" : "unit")
                        .append(" cost more than ")
                        .append(LearningCurve.TIMES)
                        .append(" times the first"));
        return text.toString();
    }

    /** Says which values a plot to the curve's scale cannot show; empty where it shows all. */
    public static Optional<String> outsideScale(LearningCurve curve) {
        List<Double> outside = curve.points().stream()
                .map(LearningCurve.Point::value)
                .filter(curve.range()::isBeyond)
                .toList();
        if (outside.isEmpty()) {
            return Optional.empty();
        }
        String first = QuantityFormat.digits(outside.get(0));
        return Optional.of(
                outside.size() == 1
                        ? "1 value is outside the scale (^ v): " + first
                        : outside.size() + " values are outside the scale (^ v), the first " + first);
    }

    private static String of(LastQuarter end, QualityMetric metric) {
        String name = PrintableName.of(metric.name());
        String epochs =
                end.first() == end.last() ? "epoch " + end.last() : "epochs " + end.first() + " to " + end.last();
        String share = Double.isNaN(end.energyShare())
                ? " used no measurable energy "
                : String.format((Locale) null, " cost %.1f %% of the energy ", 100 * end.energyShare());
        if (end.gain() <= 0) {
            return epochs + share + "and did not improve " + name + ", best after epoch " + end.bestEpoch();
        }
        String gain = metric.inPoints()
                ? String.format((Locale) null, "for the last %.2f points of ", end.gain()) + name
                : "for the last " + QuantityFormat.digits(end.gain()) + " of " + name;
        return epochs
                + share
                + gain
                + String.format((Locale) null, ", %.1f %% of its whole improvement", 100 * end.gainShare());
    }
}
