/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.powercap;

import java.util.ArrayList;
import java.util.List;

/** A powercap tree whose counters show powers that are known: every view of a joule moves as the joule is used. */
final class SimulatedMachine {
    /** How a socket's energy is shown. */
    enum Layout {
        PACKAGE,
        PACKAGE_AND_MEMORY_MAPPED,
        MEMORY_MAPPED,
        DIES,
        MIRRORED_DIES
    }

    /** A socket of so many watts, at most one die of which is idle, and its memory's. */
    record Socket(Layout layout, int watts, int memoryWatts) {}

    private record View(String id, int watts, long start, long range) {}

    private static final int BOARD_WATTS = 20;

    private final PowercapTree tree;
    private final List<View> views = new ArrayList<>();
    private int counted;
    private int topZones;
    private int trueWatts;
    private long millis;

    SimulatedMachine(PowercapTree tree, List<Socket> sockets) {
        this.tree = tree;
        for (int number = 0; number < sockets.size(); number++) {
            add(sockets.get(number), number);
        }
        add("intel-rapl:" + topZones++, "psys", trueWatts + BOARD_WATTS);
    }

    PowercapTree tree() {
        return tree;
    }

    /** How many zones there are that may be locked. */
    int zones() {
        return views.size();
    }

    void lock(int zone) {
        tree.lock(views.get(zone).id());
        views.remove(zone);
    }

    /** The energy of all sockets and their memory over a time, in microjoules. */
    long microjoules(long overMillis) {
        return trueWatts * 1_000L * overMillis;
    }

    void advance(long byMillis) {
        millis += byMillis;
        for (View view : views) {
            tree.energy(view.id(), (view.start() + view.watts() * 1_000L * millis) % view.range() + "\n");
        }
    }

    private void add(Socket socket, int number) {
        trueWatts += socket.watts();
        String name = "package-" + number;
        switch (socket.layout()) {
            case PACKAGE -> addPackage("intel-rapl:" + topZones++, name, socket);
            case PACKAGE_AND_MEMORY_MAPPED -> {
                addPackage("intel-rapl-mmio:" + number, name, socket);
                trueWatts -= socket.memoryWatts();
                addPackage("intel-rapl:" + topZones++, name, socket);
            }
            case MEMORY_MAPPED -> addPackage("intel-rapl-mmio:" + number, name, socket);
            case DIES -> {
                int half = socket.watts() / 2;
                addPackage("intel-rapl:" + topZones++, name + "-die-0", new Socket(socket.layout(), half, 0));
                addPackage(
                        "intel-rapl:" + topZones++,
                        name + "-die-1",
                        new Socket(socket.layout(), socket.watts() - half, socket.memoryWatts()));
            }
            case MIRRORED_DIES -> {
                long start = start();
                for (int die = 0; die < 3; die++) {
                    add("intel-rapl:" + topZones++, name + "-die-" + die, socket.watts(), start);
                }
            }
        }
    }

    private void addPackage(String id, String name, Socket socket) {
        add(id, name, socket.watts());
        add(id + ":0", "core", socket.watts() / 2);
        add(id + ":1", "uncore", socket.watts() / 4);
        if (socket.memoryWatts() > 0) {
            add(id + ":2", "dram", socket.memoryWatts());
            trueWatts += socket.memoryWatts();
        }
    }

    private void add(String id, String name, int watts) {
        add(id, name, watts, start());
    }

    private void add(String id, String name, int watts, long start) {
        tree.zone(id, name, start, PowercapTree.AMD_RANGE);
        views.add(new View(id, watts, start, PowercapTree.AMD_RANGE));
    }

    /** Far from each other, and every other one soon to wrap. */
    private long start() {
        counted++;
        return counted % 2 == 0 ? counted * 1_000_000_000L : PowercapTree.AMD_RANGE - counted * 50_000_000L;
    }
}
