/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.EnergySource;
import dev.wattle.core.probe.Readings;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A source whose search, readings or close block where the test wants it, until the test releases them. */
final class HeldUpSource implements EnergySource {

    enum At {
        LOOK,
        READING,
        CLOSING
    }

    final String name;
    final EnergyDomain domain;
    final CountDownLatch released = new CountDownLatch(1);
    volatile @Nullable At heldAt;
    volatile boolean held;
    volatile long reads;
    volatile boolean closed;
    volatile @Nullable Thread thread;

    HeldUpSource(String name, EnergyDomain domain) {
        this.name = name;
        this.domain = domain;
    }

    HeldUpSource holdAt(@Nullable At at) {
        heldAt = at;
        return this;
    }

    private void pass(At at) {
        thread = Thread.currentThread();
        if (heldAt == at) {
            held = true;
            while (true) {
                try {
                    released.await();
                    heldAt = null;
                    return;
                } catch (InterruptedException nativeCodeDoesNotNotice) {
                    // As a driver's call.
                }
            }
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean mayBlock() {
        return true;
    }

    @Override
    public Look look(boolean last) {
        pass(At.LOOK);
        return Look.found(new Probe());
    }

    @Override
    public String remedy() {
        return "Turn it off and on again.";
    }

    private final class Probe implements EnergyProbe {
        @Override
        public String name() {
            return name;
        }

        @Override
        public List<EnergyDomain> domains() {
            return List.of(domain);
        }

        @Override
        public void read(Readings into) {
            long before = into.nanoTime();
            pass(At.READING);
            reads = reads + 1;
            into.counter(0, before, into.nanoTime(), reads * 1_000);
        }

        @Override
        public void close() {
            pass(At.CLOSING);
            closed = true;
        }
    }
}
