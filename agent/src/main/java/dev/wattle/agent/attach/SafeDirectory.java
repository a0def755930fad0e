/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.attach;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Finds a directory for temporary files in which no other user can replace what the tool makes there: it and all above it
 * belong to root or to this user, and who else may write in one of them may remove their own files only (the sticky bit).
 *
 * @param candidates the directories to try, in that order
 * @param user this process's
 */
record SafeDirectory(List<Path> candidates, long user) {
    private static final int WRITABLE_BY_GROUP = 0020;
    private static final int WRITABLE_BY_ALL = 0002;
    private static final int PASSABLE_FOR_ALL = 0001;
    private static final int STICKY = 01000;
    private static final int ROOT = 0;

    /** Of this process: its directory for temporary files, and those that Linux has for all. */
    static SafeDirectory ofThisProcess() {
        return new SafeDirectory(
                List.of(
                        Path.of(System.getProperty("java.io.tmpdir", "/tmp")),
                        Path.of("/tmp"),
                        Path.of("/var/tmp"),
                        Path.of("/dev/shm")),
                LinuxProcess.self(Path.of("/proc")).effectiveUser().orElse(-1L));
    }

    /**
     * The first that will do.
     *
     * @param forOthers whether another user must be able to come to a file in it by its name
     * @throws IOException if none does; its message says what allows it
     */
    Path find(boolean forOthers) throws IOException {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("unix")) {
            return candidates.get(0);
        }
        for (Path candidate : candidates) {
            if (isSafe(candidate, forOthers)) {
                return candidate;
            }
        }
        throw new IOException("in none of " + candidates + " are files safe from other users; name a directory that is:"
                + " java -Djava.io.tmpdir=DIR -jar wattle-agent.jar ...");
    }

    private boolean isSafe(Path candidate, boolean forOthers) {
        try {
            for (Path at = candidate.toRealPath(); at != null; at = at.getParent()) {
                Map<String, Object> tells = Files.readAttributes(at, "unix:uid,gid,mode", LinkOption.NOFOLLOW_LINKS);
                int mode = number(tells, "mode");
                int owner = number(tells, "uid");
                boolean othersWrite = (mode & WRITABLE_BY_ALL) != 0
                        || (mode & WRITABLE_BY_GROUP) != 0 && number(tells, "gid") != ROOT;
                if (owner != ROOT && owner != user
                        || othersWrite && (mode & STICKY) == 0
                        || forOthers && (mode & PASSABLE_FOR_ALL) == 0) {
                    return false;
                }
            }
            return Files.isWritable(candidate);
        } catch (IOException | RuntimeException unreadable) {
            return false;
        }
    }

    private static int number(Map<String, Object> tells, String name) {
        return (Integer) Objects.requireNonNull(tells.get(name), name);
    }
}
