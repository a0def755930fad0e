/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.perf;

/** Why the kernel does not open a perf event, in words. The numbers are those of x86 and ARM (asm-generic/errno.h). */
final class Errno {
    static final int EPERM = 1;
    static final int EACCES = 13;
    private static final int ENFILE = 23;
    private static final int EMFILE = 24;

    private Errno() {}

    static boolean isOfPermission(int errno) {
        return errno == EPERM || errno == EACCES;
    }

    static boolean isOfOpenFiles(int errno) {
        return errno == ENFILE || errno == EMFILE;
    }

    static String text(int errno) {
        return switch (errno) {
            case EPERM -> "EPERM: a container's seccomp profile or the kernel's lockdown forbids it";
            case 2 -> "ENOENT: the kernel has no such event";
            case EACCES -> "EACCES: kernel.perf_event_paranoid or a security module forbids it to this user";
            case 19 -> "ENODEV: the processor or its counter is gone";
            case 22 -> "EINVAL: the processor is offline or the event is not understood";
            case ENFILE -> "ENFILE: too many open files on the machine";
            case EMFILE -> "EMFILE: too many open files";
            case 38 -> "ENOSYS: the kernel has no perf events";
            default -> "error " + errno;
        };
    }
}
