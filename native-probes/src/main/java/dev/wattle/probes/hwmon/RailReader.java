/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.hwmon;

import dev.wattle.core.file.KernelFile;
import dev.wattle.core.probe.Readings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Reads a rail whose voltage and current are files; millivolts times milliamperes are microwatts. */
final class RailReader implements DomainReader {
    private static final byte[] MINUS = "-".getBytes(StandardCharsets.US_ASCII);

    private final KernelFile millivolts;
    private final KernelFile milliamperes;
    private boolean replacedNoted;

    RailReader(Path millivolts, Path milliamperes) {
        this.millivolts = new KernelFile(millivolts, HwmonProbe.CAPACITY);
        this.milliamperes = new KernelFile(milliamperes, HwmonProbe.CAPACITY);
    }

    @Override
    public void read(int domain, Readings into) {
        long before = into.nanoTime();
        long volts = millivolts.refresh() ? millivolts.onlyNumber() : KernelFile.NONE;
        long amperes = milliamperes.refresh() ? current() : KernelFile.NONE;
        long after = into.nanoTime();
        if (volts >= 0 && amperes >= 0) {
            into.power(domain, before, after, volts * amperes);
            if (!replacedNoted && (millivolts.wasReplaced() || milliamperes.wasReplaced())) {
                replacedNoted = true;
                into.note(domain, DomainReader.REPLACED);
            }
        } else {
            String trouble = (volts < 0 ? millivolts : milliamperes).trouble();
            close();
            into.failed(domain, trouble);
        }
    }

    /** A rail that is switched off shows a few steps of 20 mA around zero, also negative ones. */
    private long current() {
        return milliamperes.findLine(MINUS) ? 0 : milliamperes.onlyNumber();
    }

    @Override
    public void close() {
        millivolts.close();
        milliamperes.close();
    }
}
