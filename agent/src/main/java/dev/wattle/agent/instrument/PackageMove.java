/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Renames packages in points, for a release that moved its classes. Immutable. */
final class PackageMove {

    /** The packages that Deeplearning4j's decision record 36 (May 2025) plans for its second release after 1.0.0-M2.1. */
    static final PackageMove TO_ECLIPSE = new PackageMove(Map.of(
            "org/deeplearning4j/", "org/eclipse/deeplearning4j/dl4jcore/",
            "org/nd4j/", "org/eclipse/deeplearning4j/nd4j/"));

    private final Map<String, String> prefixes;

    private PackageMove(Map<String, String> prefixes) {
        this.prefixes = prefixes;
    }

    PackageMove back() {
        return new PackageMove(prefixes.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey)));
    }

    List<TrainingPoint> of(List<TrainingPoint> points) {
        return points.stream().map(point -> point.in(this)).toList();
    }

    /** Renames in a class name with slashes or in a descriptor. */
    String of(String text) {
        String moved = text;
        for (Map.Entry<String, String> prefix : prefixes.entrySet()) {
            moved = moved.startsWith(prefix.getKey())
                    ? prefix.getValue() + moved.substring(prefix.getKey().length())
                    : moved.replace("L" + prefix.getKey(), "L" + prefix.getValue());
        }
        return moved;
    }

    Member of(Member member) {
        return member.in(this);
    }

    Advice of(Advice advice) {
        if (advice instanceof Advice.Mark mark) {
            return new Advice.Mark(
                    mark.place(),
                    mark.boundary(),
                    mark.otherwise(),
                    ofNullable(mark.condition()),
                    mark.subject().in(this),
                    mark.size().in(this),
                    ofNullable(mark.value()));
        } else if (advice instanceof Advice.Figures figures) {
            return new Advice.Figures(figures.subject().in(this), figures.map().in(this));
        } else if (advice instanceof Advice.MarkAfter mark) {
            return new Advice.MarkAfter(
                    of(mark.called()), mark.boundary(), mark.subject().in(this));
        } else if (advice instanceof Advice.TrueWhenStopped stop) {
            return new Advice.TrueWhenStopped(of(stop.called()), stop.subject().in(this));
        } else if (advice instanceof Advice.ReasonWhenStopped stop) {
            return new Advice.ReasonWhenStopped(
                    of(stop.called()), stop.subject().in(this));
        }
        Advice.ZeroWhenStopped stop = (Advice.ZeroWhenStopped) advice;
        return new Advice.ZeroWhenStopped(
                of(stop.called()), stop.argument(), stop.subject().in(this));
    }

    private @Nullable ValueExpression ofNullable(@Nullable ValueExpression value) {
        return value == null ? null : value.in(this);
    }
}
