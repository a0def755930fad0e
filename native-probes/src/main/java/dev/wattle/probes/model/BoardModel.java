/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.model;

import dev.wattle.core.file.TsvTable;
import java.util.List;
import java.util.Optional;

/**
 * The power of a GPU board by its utilisation, for a driver that reports no power: idle + utilisation × (limit − idle), in
 * microwatts.
 *
 * <p>NVML's utilisation is the share of time in which any kernel ran, not how much of the GPU it used. One small kernel after
 * another counts as full load, so the model tends to be too high. Immutable; {@link #microwattsAt} does not allocate.
 */
public final class BoardModel {
    /** The mean ratio of idle power to board power, of the boards in the table with an idle figure; 0.03 to 0.18. */
    public static final double IDLE_SHARE = 0.11;

    private static final String IDLE_LOGS = "public nvidia-smi logs, 2026";

    /** "GeForce RTX 4090 Laptop GPU" and "H200 MIG 1g.18gb" are other boards, or parts of one. */
    private static final String NO_OTHER_BOARD = "( oam| graphics)?$";

    private final long boardMicrowatts;
    private final long idleMicrowatts;
    private final String source;

    /** The board of a driver's product name, such as {@code NVIDIA H100 80GB HBM3}; empty if it is not listed. */
    public static Optional<BoardModel> of(String boardName) {
        return ProductNames.find(boards(), boardName, NO_OTHER_BOARD).map(BoardModel::listed);
    }

    /**
     * The boards that are listed: {@code token} for the name, {@code board_watts}, {@code idle_watts} where it is published,
     * {@code source} and {@code year}.
     */
    public static List<TsvTable.Row> boards() {
        return TsvTable.load(BoardModel.class, "boards.tsv");
    }

    /** A board that is not listed and whose driver reports a power limit; empty for 0 or less. */
    public static Optional<BoardModel> ofLimit(long limitMicrowatts) {
        return limitMicrowatts <= 0
                ? Optional.empty()
                : Optional.of(withIdleShare(limitMicrowatts, "the driver's power limit"));
    }

    private static BoardModel listed(TsvTable.Row row) {
        long board = microwatts(row, "board_watts");
        String source = row.text("token") + ", " + row.text("board_watts") + " W: " + row.text("source") + ", "
                + row.text("year");
        return row.has("idle_watts")
                ? new BoardModel(
                        board,
                        microwatts(row, "idle_watts"),
                        source + "; idle " + row.text("idle_watts") + " W: median of " + IDLE_LOGS)
                : withIdleShare(board, source);
    }

    private static BoardModel withIdleShare(long boardMicrowatts, String source) {
        return new BoardModel(
                boardMicrowatts,
                Math.round(boardMicrowatts * IDLE_SHARE),
                source + "; idle " + Math.round(IDLE_SHARE * 100) + " % of it: mean of the boards in " + IDLE_LOGS);
    }

    private static long microwatts(TsvTable.Row row, String column) {
        return Math.round(row.number(column) * 1e6);
    }

    private BoardModel(long boardMicrowatts, long idleMicrowatts, String source) {
        this.boardMicrowatts = boardMicrowatts;
        this.idleMicrowatts = idleMicrowatts;
        this.source = source;
    }

    /**
     * The power at a utilisation.
     *
     * @param utilisation 0 to 1; other values are limited to this range
     * @param limitMicrowatts the power limit in force; 0 or less if unknown, then the board's power is used
     */
    public long microwattsAt(double utilisation, long limitMicrowatts) {
        long full = limitMicrowatts > 0 ? limitMicrowatts : boardMicrowatts;
        long idle = Math.min(idleMicrowatts, full);
        return idle + Math.round(Math.max(0, Math.min(1, utilisation)) * (full - idle));
    }

    /** The publisher of the figures, and the year. */
    public String source() {
        return source;
    }

    /** The published error of such models, with its source. */
    public static String error() {
        return PublishedError.OF_LOAD_MODELS + ", " + PublishedError.OF_BOARDS_AT_DESIGN_POWER;
    }
}
