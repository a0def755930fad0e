/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.file.TsvTable;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;

class BoardModelLawsTest {
    private static final List<TsvTable.Row> ROWS = TsvTable.load(BoardModel.class, "boards.tsv");

    @Property
    void powerNeverFallsAsUtilisationRises(
            @ForAll("boards") BoardModel board,
            @ForAll @DoubleRange(min = -1, max = 2) double one,
            @ForAll @DoubleRange(min = -1, max = 2) double other,
            @ForAll @LongRange(min = -1, max = 2_000_000_000) long limit) {
        assertThat(board.microwattsAt(Math.min(one, other), limit))
                .isLessThanOrEqualTo(board.microwattsAt(Math.max(one, other), limit));
    }

    @Property
    void powerLiesBetweenIdleAndTheLimit(
            @ForAll("boards") BoardModel board,
            @ForAll double utilisation,
            @ForAll @LongRange(min = 1, max = 2_000_000_000) long limit) {
        assertThat(board.microwattsAt(utilisation, limit)).isBetween(Math.min(board.microwattsAt(0, 0), limit), limit);
    }

    @Property
    void anUnlistedBoardIsIdleBelowItsLimitAndFullAtIt(@ForAll @LongRange(min = 1, max = 2_000_000_000) long limit) {
        BoardModel board = BoardModel.ofLimit(limit).orElseThrow();

        assertThat(board.microwattsAt(0, 0)).isBetween(0L, limit);
        assertThat(board.microwattsAt(1, 0)).isEqualTo(limit);
    }

    @Provide
    Arbitrary<BoardModel> boards() {
        return Arbitraries.of(ROWS).map(row -> BoardModel.of(row.text("token")).orElseThrow());
    }
}
