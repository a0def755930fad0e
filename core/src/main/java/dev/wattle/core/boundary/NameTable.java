/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.boundary;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Gives names small numbers, so that a name can go through a queue of primitives.
 *
 * <p>Bounded: further names share one number and are called {@value #OTHER}. Thread-safe and without a lock, since the
 * program's threads give the names. A hash table with linear probing, at most half full.
 */
public final class NameTable {

    /** The name of all that came after the table was full. */
    public static final String OTHER = "(other)";

    private final int capacity;
    private final AtomicReferenceArray<String> places;
    private final AtomicInteger taken = new AtomicInteger();

    /** @param capacity how many names have a number of their own; one number more is given */
    NameTable(int capacity) {
        this.capacity = capacity;
        this.places = new AtomicReferenceArray<>(2 * Integer.highestOneBit(2 * capacity - 1));
    }

    /** The number of a name, the same each time. */
    int numberOf(String name) {
        int mask = places.length() - 1;
        int hash = name.hashCode();
        for (int place = hash ^ hash >>> 16; ; place++) {
            int number = place & mask;
            String held = places.get(number);
            if (held == null) {
                if (taken.incrementAndGet() > capacity) {
                    taken.decrementAndGet();
                    return places.length();
                }
                held = places.compareAndExchange(number, null, name);
                if (held == null) {
                    return number;
                }
                taken.decrementAndGet();
            }
            if (held.equals(name)) {
                return number;
            }
        }
    }

    /** {@value #OTHER} for a number that was not given. */
    String nameOf(long number) {
        String name = number < 0 || number >= places.length() ? null : places.get((int) number);
        return name == null ? OTHER : name;
    }
}
