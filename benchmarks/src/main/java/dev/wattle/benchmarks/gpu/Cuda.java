/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.benchmarks.gpu;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * Work for one GPU through CUDA's driver interface. It needs only the driver, which compiles the text of the kernels.
 *
 * <p>For one thread, which holds the context.
 */
final class Cuda implements AutoCloseable {
    /** CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT. */
    private static final int MULTIPROCESSORS = 16;

    private static final int RTLD_LAZY = 1;
    private static final int THREADS = 256;
    private static final int BLOCKS_A_MULTIPROCESSOR = 8;
    private static final long WANTED_NANOS = 5_000_000;
    private static final int MOST_ROUNDS = 1 << 24;

    private final NativeLibrary library;
    private final int device;
    private final int blocks;
    private final Pointer burn;
    private final Pointer train;
    private final Memory weights = new Memory(8);
    private final Memory loss = new Memory(8);
    private final Memory number = new Memory(4);
    private int rounds = 1_000;

    private Cuda(NativeLibrary library) throws IOException {
        this.library = library;
        Memory out = new Memory(8);
        call("cuInit", 0);
        call("cuDeviceGet", out, 0);
        device = out.getInt(0);
        call("cuDeviceGetAttribute", out, MULTIPROCESSORS, device);
        blocks = Math.max(1, out.getInt(0)) * BLOCKS_A_MULTIPROCESSOR;
        call("cuDevicePrimaryCtxRetain", out, device);
        call("cuCtxSetCurrent", out.getPointer(0));
        call("cuModuleLoadData", out, ptx());
        Pointer module = out.getPointer(0);
        call("cuModuleGetFunction", out, module, "burn");
        burn = out.getPointer(0);
        call("cuModuleGetFunction", out, module, "train");
        train = out.getPointer(0);
        call("cuMemAlloc_v2", weights, (long) blocks * THREADS * Float.BYTES);
        call("cuMemsetD32_v2", weights.getLong(0), 0, (long) blocks * THREADS);
        call("cuMemAlloc_v2", loss, (long) Float.BYTES);
        calibrate();
    }

    static Cuda open(String file) throws IOException {
        return new Cuda(NativeLibrary.getInstance(file, Map.of(Library.OPTION_OPEN_FLAGS, RTLD_LAZY)));
    }

    private static Memory ptx() throws IOException {
        try (InputStream in = Cuda.class.getResourceAsStream("kernels.ptx")) {
            if (in == null) {
                throw new IOException("kernels.ptx is missing next to " + Cuda.class.getName());
            }
            byte[] text = in.readAllBytes();
            Memory memory = new Memory(text.length + 1L);
            memory.write(0, text, 0, text.length);
            memory.setByte(text.length, (byte) 0);
            return memory;
        }
    }

    private void call(String function, Object... arguments) {
        int code = library.getFunction(function).invokeInt(arguments);
        if (code != 0) {
            throw new IllegalStateException(function + " returned " + code);
        }
    }

    /** So many rounds that one launch takes some milliseconds. */
    private void calibrate() {
        launchBurn();
        long nanos = 0;
        while (nanos < WANTED_NANOS / 2 && rounds < MOST_ROUNDS) {
            long start = System.nanoTime();
            launchBurn();
            nanos = Math.max(1, System.nanoTime() - start);
            rounds = (int) Math.min(MOST_ROUNDS, Math.max(rounds * 2L, rounds * WANTED_NANOS / nanos));
        }
    }

    /** Keeps the whole GPU busy until a time. */
    void burnUntil(long nanos) {
        while (System.nanoTime() - nanos < 0) {
            launchBurn();
        }
    }

    private void launchBurn() {
        number.setInt(0, rounds);
        launch(burn, weights, number);
    }

    /** One step of gradient descent with some milliseconds of work; returns the mean loss before it. */
    double trainStep(float rate) {
        call("cuMemsetD32_v2", loss.getLong(0), 0, 1L);
        Memory step = new Memory(4);
        step.setFloat(0, rate);
        number.setInt(0, rounds);
        launch(train, weights, loss, step, number);
        Memory host = new Memory(4);
        call("cuMemcpyDtoH_v2", host, loss.getLong(0), 4L);
        return host.getFloat(0) / samples();
    }

    /** How many samples a step has: one a thread. */
    int samples() {
        return blocks * THREADS;
    }

    private void launch(Pointer kernel, Memory... parameters) {
        Memory addresses = new Memory(8L * parameters.length);
        for (int i = 0; i < parameters.length; i++) {
            addresses.setPointer(8L * i, parameters[i]);
        }
        call("cuLaunchKernel", kernel, blocks, 1, 1, THREADS, 1, 1, 0, Pointer.NULL, addresses, Pointer.NULL);
        call("cuCtxSynchronize");
    }

    @Override
    public void close() {
        call("cuDevicePrimaryCtxRelease_v2", device);
    }
}
