/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import dev.wattle.probes.jna.PrivateJna;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a test does to its own process so that the kernel answers as it does where something is missing or gone. */
final class LinuxTricks {
    private static final int CPU_CLOCK_TYPE = 1;
    private static final long DISABLE = 0x2401;
    private static final long CAPSET = 126;
    private static final int CAPABILITY_VERSION_3 = 0x20080522;

    static {
        PrivateJna.load();
        NativeLibrary process = NativeLibrary.getProcess();
        Native.register(LinuxTricks.class, process);
        process.close();
    }

    private LinuxTricks() {}

    /** Skips the test where the kernel opens no event for a whole processor to this user. */
    static void needPerfEvents() {
        assumeThat(System.getProperty("os.name") + " " + System.getProperty("os.arch"))
                .as("perf events are opened on Linux on x86-64 only")
                .isEqualTo("Linux amd64");
        try (KernelCalls kernel = new KernelCalls(298)) {
            int descriptor = kernel.open(CPU_CLOCK_TYPE, 0, 0);
            assumeThat(descriptor)
                    .as("perf_event_open is refused: " + (descriptor < 0 ? Errno.text(-descriptor) : ""))
                    .isNotNegative();
            kernel.release(descriptor);
        }
    }

    /** The descriptors of this process's perf events. */
    static List<Integer> perfEvents() {
        List<Integer> events = new ArrayList<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                if (Files.isSymbolicLink(descriptor)
                        && Files.readSymbolicLink(descriptor).toString().contains("[perf_event]")) {
                    events.add(Integer.parseInt(descriptor.getFileName().toString()));
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return events;
    }

    /** Leaves an event's count as it is for good, as the kernel does when its processor goes offline. */
    static void freeze(int descriptor) {
        assertThat(ioctl(descriptor, DISABLE, 0)).isZero();
    }

    /** Makes a descriptor one that has nothing to read, as the kernel does with an event in error. */
    static void end(int descriptor) {
        int nothing = open("/dev/null", 0);
        assertThat(dup2(nothing, descriptor)).isEqualTo(descriptor);
        close(nothing);
    }

    /** Takes every capability from the calling thread, for good. */
    static void dropCapabilities() {
        Pointer header = new Pointer(Native.malloc(32));
        header.clear(32);
        header.setInt(0, CAPABILITY_VERSION_3);
        assertThat(syscall(CAPSET, Pointer.nativeValue(header), Pointer.nativeValue(header) + 8))
                .isZero();
        Native.free(Pointer.nativeValue(header));
    }

    private static native int ioctl(int descriptor, long request, long argument);

    private static native int open(String path, int flags);

    private static native int dup2(int from, int to);

    private static native int close(int descriptor);

    private static native long syscall(long number, long first, long second);
}
