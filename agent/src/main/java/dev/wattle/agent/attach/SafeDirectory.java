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
 * Finds a directory for temporary files in which no other user can replace the tool's files. It and all its parents belong
 * to root or to this user, and others who can write to one of them can remove only their own files (the sticky bit).
 *
 * @param candidates the directories to try, in order
 * @param user the user id of this process
 */
record SafeDirectory(List<Path> candidates, long user) {
    private static final int WRITABLE_BY_GROUP = 0020;
    private static final int WRITABLE_BY_ALL = 0002;
    private static final int PASSABLE_FOR_ALL = 0001;
    private static final int STICKY = 01000;
    private static final int ROOT = 0;

    /** Tries this process's directory for temporary files, and those of Linux. */
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
     * The first suitable directory.
     *
     * @param forOthers whether another user must be able to open a file in it by its name
     * @throws IOException if there is none; its message says how to fix that
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
                Map<String, Object> attributes =
                        Files.readAttributes(at, "unix:uid,gid,mode", LinkOption.NOFOLLOW_LINKS);
                int mode = number(attributes, "mode");
                int owner = number(attributes, "uid");
                boolean othersWrite = (mode & WRITABLE_BY_ALL) != 0
                        || (mode & WRITABLE_BY_GROUP) != 0 && number(attributes, "gid") != ROOT;
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

    private static int number(Map<String, Object> attributes, String name) {
        return (Integer) Objects.requireNonNull(attributes.get(name), name);
    }
}
