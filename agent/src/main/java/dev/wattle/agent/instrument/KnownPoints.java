/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The points of all frameworks, by class. A program that does not train never loads it. */
final class KnownPoints {
    /** The keys are class names with dots. */
    static final Map<String, List<TrainingPoint>> BY_CLASS = byClass(List.of(
            Dl4jPoints.POINTS,
            SameDiffPoints.POINTS,
            PackageMove.TO_ECLIPSE.of(Dl4jPoints.POINTS),
            PackageMove.TO_ECLIPSE.of(SameDiffPoints.POINTS),
            DjlPoints.POINTS));

    private KnownPoints() {}

    private static Map<String, List<TrainingPoint>> byClass(List<List<TrainingPoint>> frameworks) {
        Map<String, List<TrainingPoint>> byClass = new LinkedHashMap<>();
        for (List<TrainingPoint> points : frameworks) {
            for (TrainingPoint point : points) {
                byClass.computeIfAbsent(point.className(), name -> new ArrayList<>())
                        .add(point);
            }
        }
        return byClass;
    }
}
