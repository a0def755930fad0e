/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.domain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A bounded number of points with the mean power of each column. Full, it either forgets the oldest point or halves their
 * number, two becoming one. Not thread-safe.
 */
final class PowerTable {
    private final int maxPoints;
    private final long[] epochMillis;
    private final List<Column> columns = new ArrayList<>();
    private int size;

    /** The number of records in a whole point. */
    private int step = 1;

    /** The number of records in the last point. */
    private int inLast;

    /** @param maxPoints an even number */
    PowerTable(int maxPoints) {
        this.maxPoints = maxPoints;
        this.epochMillis = new long[maxPoints];
    }

    /** The sum of the known powers of each point, and how many they are. */
    private record Column(long[] microwatts, int[] known) {
        void add(int point, long power) {
            if (power != DomainMeter.UNKNOWN) {
                microwatts[point] += power;
                known[point]++;
            }
        }

        void copy(int from, int to) {
            microwatts[to] = microwatts[from];
            known[to] = known[from];
        }

        void clear(int point) {
            microwatts[point] = 0;
            known[point] = 0;
        }

        long mean(int point) {
            return known[point] == 0 ? DomainMeter.UNKNOWN : microwatts[point] / known[point];
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Adds a device, whose power was not known until now. */
    void addColumn() {
        columns.add(new Column(new long[maxPoints], new int[maxPoints]));
    }

    /** Adds a point. Full, the oldest is dropped. */
    void append(long millis, long[] powers) {
        if (size == maxPoints) {
            System.arraycopy(epochMillis, 1, epochMillis, 0, size - 1);
            for (Column column : columns) {
                System.arraycopy(column.microwatts(), 1, column.microwatts(), 0, size - 1);
                System.arraycopy(column.known(), 1, column.known(), 0, size - 1);
            }
            size--;
        }
        startPoint();
        addToLast(millis, powers);
    }

    /** Adds to the last point, or a point where that is whole. Full, two points each become one. */
    void appendThinning(long millis, long[] powers) {
        if (size == 0 || inLast == step) {
            if (size == maxPoints) {
                halve();
            }
            startPoint();
        }
        addToLast(millis, powers);
    }

    private void halve() {
        for (int point = 0; point < size; point += 2) {
            epochMillis[point / 2] = epochMillis[point + 1];
            for (Column column : columns) {
                column.copy(point, point / 2);
                column.microwatts()[point / 2] += column.microwatts()[point + 1];
                column.known()[point / 2] += column.known()[point + 1];
            }
        }
        size /= 2;
        step *= 2;
    }

    private void startPoint() {
        for (Column column : columns) {
            column.clear(size);
        }
        size++;
        inLast = 0;
    }

    private void addToLast(long millis, long[] powers) {
        epochMillis[size - 1] = millis;
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).add(size - 1, powers[i]);
        }
        inLast++;
    }

    /** @param names of the columns, with their index */
    PowerHistory.Series series(Map<String, Integer> names) {
        List<Long> instants = new ArrayList<>(size);
        for (int point = 0; point < size; point++) {
            instants.add(epochMillis[point]);
        }
        Map<String, List<Long>> powers = new LinkedHashMap<>();
        names.forEach((name, index) -> {
            List<Long> means = new ArrayList<>(size);
            for (int point = 0; point < size; point++) {
                means.add(columns.get(index).mean(point));
            }
            powers.put(name, means);
        });
        return new PowerHistory.Series(instants, powers);
    }
}
