/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.training;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Names by small numbers, so that a name can go through a queue of primitives.
 *
 * <p>Numbers begin at 0 and are given in the order in which names come. There is room for so many; whatever comes later
 * shares the last number and is called {@value #OTHER}. Thread-safe; a name that is known is found without a lock.
 */
final class NameTable {

    /** The name of all that came when the table was full. */
    static final String OTHER = "(other)";

    private final int capacity;
    private final ConcurrentMap<String, Integer> numbers = new ConcurrentHashMap<>();
    private final AtomicReferenceArray<String> names;
    private int given;

    /** @param capacity how many names have a number of their own; one number more is given */
    NameTable(int capacity) {
        this.capacity = capacity;
        this.names = new AtomicReferenceArray<>(capacity);
    }

    int numberOf(String name) {
        Integer known = numbers.get(name);
        return known != null ? known : add(name);
    }

    /** {@value #OTHER} for a number that was not given. */
    String nameOf(long number) {
        String name = number < 0 || number >= capacity ? null : names.get((int) number);
        return name == null ? OTHER : name;
    }

    private synchronized int add(String name) {
        Integer known = numbers.get(name);
        if (known != null) {
            return known;
        }
        if (given == capacity) {
            return capacity;
        }
        int number = given++;
        names.set(number, name);
        numbers.put(name, number);
        return number;
    }
}
