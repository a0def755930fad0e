/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.probe;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import org.jspecify.annotations.Nullable;

/**
 * A file of the kernel whose content begins with a whole number, read again and again without allocating.
 *
 * <p>The file stays open and is read from its start. After a failure it is opened anew by the next read, since a device
 * may come back under the same name. For one thread.
 */
public final class NumberFile implements AutoCloseable {

    /** The longest number of a kernel file, 20 digits, and a line end. */
    private static final int LONGEST = 24;

    private final File file;
    private final byte[] bytes = new byte[LONGEST];
    private @Nullable RandomAccessFile open;
    private long value;

    /** Opens nothing yet. */
    public NumberFile(File file) {
        this.file = file;
    }

    /**
     * Reads the file anew.
     *
     * @return whether it held a number from 0 to {@link Long#MAX_VALUE}
     */
    public boolean read() {
        try {
            RandomAccessFile source = open;
            if (source == null) {
                source = new RandomAccessFile(file, "r");
                open = source;
            } else {
                source.seek(0);
            }
            if (parse(source.read(bytes, 0, LONGEST))) {
                return true;
            }
        } catch (IOException e) {
            // Told by the result; the caller counts it.
        }
        close();
        return false;
    }

    /** The number last read, meaningless after a read that failed. */
    public long value() {
        return value;
    }

    @Override
    public void close() {
        RandomAccessFile source = open;
        open = null;
        if (source != null) {
            try {
                source.close();
            } catch (IOException e) {
                // A file that was only read has nothing left to lose.
            }
        }
    }

    private boolean parse(int length) {
        long number = 0;
        int at = 0;
        while (at < length && bytes[at] >= '0' && bytes[at] <= '9') {
            int digit = bytes[at] - '0';
            if (number > (Long.MAX_VALUE - digit) / 10) {
                return false;
            }
            number = number * 10 + digit;
            at++;
        }
        value = number;
        return at > 0;
    }
}
