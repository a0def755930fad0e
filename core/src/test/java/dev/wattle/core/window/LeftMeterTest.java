/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattle.EnergyWindow;
import dev.wattle.core.boundary.BoundaryQueue;
import dev.wattle.core.boundary.MetricNames;
import dev.wattle.core.boundary.ProgramEpochs;
import dev.wattle.core.boundary.TrainingNames;
import dev.wattle.core.epoch.TrainingObserver;
import dev.wattle.core.sampling.MeterThreads;
import dev.wattle.core.sampling.SteppedMeter;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A program holds windows of a meter that was detached and whose jar is closed. */
class LeftMeterTest {

    @Test
    void aWindowThatTheProgramHoldsKnowsItsEnergyWithoutAnotherClassOfTheMeter() throws ReflectiveOperationException {
        Jar jar = new Jar();
        Supplier<?> run = (Supplier<?>) Class.forName(Run.class.getName(), true, jar)
                .getDeclaredConstructor()
                .newInstance();
        EnergyWindow window = (EnergyWindow) run.get();
        jar.closed = true;

        window.close();
        assertThat(window.getClass()).isNotEqualTo(MeteredWindow.class);
        assertThat(window.joules()).isEqualTo(100, within(1e-5));
        assertThat(window.joulesByDevice()).containsOnlyKeys("package-0");
        assertThat(window.quality()).isEqualTo("counter");
        assertThat(window.resolution()).isPositive();
        assertThat(window.belowResolution()).isFalse();
    }

    /** Opens a window and ends the meter. */
    public static final class Run implements Supplier<EnergyWindow> {
        @Override
        public EnergyWindow get() {
            SteppedMeter meter = SteppedMeter.of(SteppedMeter.watts(100));
            ProgramMeter program = new ProgramMeter(
                    meter.meter(),
                    new BoundaryQueue(2),
                    new ProgramEpochs(),
                    new TrainingNames(),
                    new MetricNames(),
                    new TrainingObserver() {},
                    meter,
                    line -> {});
            meter.advanceMillis(500);
            EnergyWindow window = program.window("held");
            meter.advanceMillis(500);
            program.resolve(meter.nanoTime());
            meter.advanceMillis(500);
            meter.close();
            program.end(meter.nanoTime());
            return window;
        }
    }

    /** Defines the classes of the meter again, until it is closed. */
    private static final class Jar extends ClassLoader {
        private boolean closed;

        Jar() {
            super(MeterThreads.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                if (known != null || !name.startsWith("dev.wattle.core.")) {
                    return known != null ? known : super.loadClass(name, resolve);
                }
                if (closed) {
                    throw new IllegalStateException("zip file closed");
                }
                try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                    if (in == null) {
                        throw new ClassNotFoundException(name);
                    }
                    byte[] bytes = in.readAllBytes();
                    return defineClass(name, bytes, 0, bytes.length);
                } catch (IOException e) {
                    throw new ClassNotFoundException(name, e);
                }
            }
        }
    }
}
