/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EpochHistoryTest {
    private final EpochHistory book = new EpochHistory();

    @ParameterizedTest
    @ValueSource(ints = {1_025, 3_000, 20_000})
    void keepsTheFirstAndTheLatestEpochsSingleHoweverManyThereAre(int count) {
        keep(count, epoch -> 1.5 * Math.exp(-epoch / 3.0));

        List<EpochRecord> records = book.records();
        assertThat(records).hasSizeBetween(EpochHistory.MAX_RECORDS / 2, EpochHistory.MAX_RECORDS);
        assertThat(records.subList(0, 40)).allMatch(record -> record.epochs() == 1);
        assertThat(records.subList(records.size() - 40, records.size())).allMatch(record -> record.epochs() == 1);
        int next = 1;
        for (EpochRecord record : records) {
            assertThat(record.first()).isEqualTo(next);
            next = record.last() + 1;
        }
        assertThat(next).isEqualTo(count + 1);
        assertThat(records.stream().mapToLong(EpochRecord::samples).sum()).isEqualTo(1_500L * count);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1_500, 3_000, 10_000})
    void theCornerIsThatOfTheWholeRunHoweverLongItIs(int count) {
        IntToDoubleFunction loss = epoch -> 1.5 * Math.exp(-epoch / 3.0) + 0.00001 / epoch;
        List<EpochRecord> all = keep(count, loss);

        TrainingRecord training = Epochs.training(book.records(), 0, book.corners());
        LearningCurve whole = LearningCurve.of(all).orElseThrow();
        assertThat(LearningCurve.of(training).orElseThrow().cornerEpoch())
                .isPresent()
                .isEqualTo(whole.cornerEpoch());
    }

    @ParameterizedTest
    @ValueSource(ints = {700, 1_600, 2_500})
    void aDropDuringALongRunKeepsItsShape(int drop) {
        IntToDoubleFunction loss = epoch -> epoch <= drop ? 1.0 : 0.3 + 0.7 * Math.exp(-(epoch - drop) / 4.0);
        List<EpochRecord> all = keep(4_000, loss);

        assertThat(farthestOff(all)).isLessThan(0.05);
    }

    @ParameterizedTest
    @ValueSource(ints = {900, 3_000})
    void aSlowDescentIsFollowedClosely(int scale) {
        List<EpochRecord> all =
                keep(6_000, epoch -> 2 / (1 + (double) epoch / scale) + 0.02 * Math.sin(epoch * 12.9898));

        assertThat(farthestOff(all)).isLessThan(0.08);
    }

    /** The largest distance between the curve of the kept records and that of all epochs. */
    private double farthestOff(List<EpochRecord> all) {
        double farthest = 0;
        int at = 0;
        List<EpochRecord> kept = book.records();
        for (EpochRecord epoch : all) {
            while (kept.get(at).last() < epoch.last()) {
                at++;
            }
            EpochRecord after = kept.get(at);
            EpochRecord before = at == 0 ? after : kept.get(at - 1);
            double span = after.last() - before.last();
            double part = span == 0 ? 1 : (epoch.last() - before.last()) / span;
            double straight = before.loss() + part * (after.loss() - before.loss());
            farthest = Math.max(farthest, Math.abs(straight - epoch.loss()));
        }
        return farthest;
    }

    private List<EpochRecord> keep(int count, IntToDoubleFunction loss) {
        Epochs epochs = new Epochs(1);
        for (int epoch = 1; epoch <= count; epoch++) {
            epochs.add(100, 1, loss.applyAsDouble(epoch), Map.of());
        }
        List<EpochRecord> all = epochs.list();
        all.forEach(book::add);
        return all;
    }
}
