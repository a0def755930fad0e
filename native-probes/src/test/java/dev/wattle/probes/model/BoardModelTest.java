/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattle.core.file.TsvTable;
import dev.wattle.probes.AllocatedBytes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoardModelTest {
    private static final long WATT = 1_000_000;
    private static final long NOT_TOLD = 0;

    @ParameterizedTest
    @CsvSource({
        "NVIDIA H100 80GB HBM3, 700, 70",
        "NVIDIA H100 PCIe, 350, 38.5",
        "NVIDIA H200, 700, 75",
        "NVIDIA H200 NVL, 600, 66",
        "NVIDIA A100-SXM4-40GB, 400, 44",
        "A100-SXM4-40GB, 400, 44",
        "NVIDIA A10G, 300, 10",
        "NVIDIA L4, 72, 13",
        "NVIDIA L40S, 350, 31",
        "Tesla T4, 70, 9",
        "Tesla V100-SXM2-16GB, 300, 26",
        "NVIDIA GeForce RTX 4090, 450, 22",
        "GeForce GTX 1080 Ti, 250, 27.5",
        "NVIDIA TITAN X (Pascal), 250, 27.5",
        "NVIDIA RTX 6000 Ada Generation, 300, 33",
        "Quadro RTX 6000, 260, 28.6",
        "AMD Instinct MI210, 300, 33",
        "AMD Instinct MI300X OAM, 750, 82.5",
        "AMD INSTINCT MI300X, 750, 82.5",
        "AMD Radeon RX 7900 XTX, 355, 39.05",
        "Intel(R) Data Center GPU Max 1550, 600, 66",
        "Intel(R) Arc(TM) A770 Graphics, 225, 24.75",
    })
    void aBoardIsIdentifiedByTheNameItsDriverReports(String name, double boardWatts, double idleWatts) {
        BoardModel board = board(name);

        assertThat(board.microwattsAt(1, NOT_TOLD)).isEqualTo(Math.round(boardWatts * WATT));
        assertThat(board.microwattsAt(0, NOT_TOLD)).isEqualTo(Math.round(idleWatts * WATT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NVIDIA GeForce RTX 4090 Laptop GPU",
                "NVIDIA GeForce RTX 5090 D",
                "NVIDIA GeForce RTX 2080 with Max-Q Design",
                "Quadro RTX 5000 with Max-Q Design",
                "NVIDIA RTX PRO 4000 Blackwell SFF Edition",
                "NVIDIA A100-SXM4-80GB MIG 1g.10gb",
                "NVIDIA A10-24Q",
                "NVIDIA H800 PCIe",
                "NVIDIA L400",
                "Tesla K80",
                "Graphics Device",
                "",
            })
    void aBoardWithTheSamePrefixAsAnotherIsNotThatOne(String name) {
        assertThat(BoardModel.of(name)).isEmpty();
    }

    /** A board of two dies shows as two devices; each would be given the whole board. */
    @Test
    void aBoardOfTwoDevicesIsNotListed() {
        assertThat(BoardModel.of("AMD Instinct MI250X")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"-1, 70", "0, 70", "0.5, 285", "1, 500", "7, 500"})
    void powerGoesFromIdleToTheLimitInForce(double utilisation, long watts) {
        assertThat(board("NVIDIA H100 80GB HBM3").microwattsAt(utilisation, 500 * WATT))
                .isEqualTo(watts * WATT);
    }

    @Test
    void aBoardThatIsNotListedIsModelledByItsLimit() {
        BoardModel board = BoardModel.ofLimit(200 * WATT).orElseThrow();

        assertThat(board.microwattsAt(0, NOT_TOLD)).isEqualTo(22 * WATT);
        assertThat(board.microwattsAt(1, NOT_TOLD)).isEqualTo(200 * WATT);
        assertThat(board.microwattsAt(1, 150 * WATT)).isEqualTo(150 * WATT);
        assertThat(BoardModel.ofLimit(NOT_TOLD)).isEmpty();
    }

    @Test
    void aModelSaysWhereItsFiguresAreFromAndHowFarOffItMayBe() {
        assertThat(board("NVIDIA H200").source())
                .isEqualTo("H200, 700 W: NVIDIA specification, checked against Epoch AI, nvidia-smi power limits, 2026;"
                        + " idle 75 W: median of public nvidia-smi logs, 2026");
        assertThat(BoardModel.ofLimit(WATT).orElseThrow().source())
                .isEqualTo("the driver's power limit; idle 11 % of it: mean of the boards in public nvidia-smi logs,"
                        + " 2026");
        assertThat(BoardModel.error()).contains("40 %", "27 to 37 %", "arXiv");
    }

    @Test
    void theShareAtIdleIsTheMeanOfTheBoardsThatHaveAFigure() {
        double mean = rows().stream()
                .filter(row -> row.has("idle_watts"))
                .mapToDouble(row -> row.number("idle_watts") / row.number("board_watts"))
                .average()
                .orElseThrow();

        assertThat(BoardModel.IDLE_SHARE).isEqualTo(mean, within(0.005));
    }

    @Test
    void everyBoardOfTheTableIsFoundUnderItsMakersNameAndItsFiguresAreSane() {
        assertThat(rows()).allSatisfy(row -> {
            double watts = row.number("board_watts");
            assertThat(watts).isBetween(30.0, 1_500.0);
            if (row.has("idle_watts")) {
                assertThat(row.number("idle_watts")).isPositive().isLessThan(watts / 4);
            }
            assertThat(row.text("source")).isNotBlank();
            assertThat(row.whole("year")).isBetween(2010, 2026);
            assertThat(board(row.text("vendor") + " " + row.text("token")).source())
                    .startsWith(row.text("token") + ", ");
        });
        assertThat(rows()).extracting(row -> row.text("token")).doesNotHaveDuplicates();
    }

    @Test
    void aReadingAllocatesNothing() {
        BoardModel board = board("Tesla T4");

        assertThat(AllocatedBytes.inTenThousandRunsOf(() -> board.microwattsAt(0.3, 60 * WATT)))
                .isZero();
    }

    private static BoardModel board(String name) {
        return BoardModel.of(name).orElseThrow();
    }

    private static List<TsvTable.Row> rows() {
        return TsvTable.load(BoardModel.class, "boards.tsv");
    }
}
