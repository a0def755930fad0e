/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

/** What goes wrong with calls of one function, or of all ({@code *}): at any time and on any GPU where not said. */
public record Fault(String line) {

    /** The function returns the error code. */
    public static Fault fail(String function, int code) {
        return new Fault("fail " + function + " " + code);
    }

    /** The field's entry of an otherwise successful read has the error code. */
    public static Fault failField(int field, int code) {
        return new Fault("failfield " + field + " " + code);
    }

    /** The function takes this much of real time, and holds up all others meanwhile. */
    public static Fault delay(String function, long micros) {
        return new Fault("delay " + function + " " + micros);
    }

    /** The function, or a field ({@code field:185}), succeeds and tells this in place of its first number. */
    public static Fault lie(String function, long number) {
        return new Fault("lie " + function + " " + number);
    }

    public Fault gpu(int index) {
        return new Fault(line + " gpu " + index);
    }

    /** Only in this scope; of a field. */
    public Fault scope(int scope) {
        return new Fault(line + " scope " + scope);
    }

    /** Only every so many-th of the calls. */
    public Fault every(int calls) {
        return new Fault(line + " every " + calls);
    }

    public Fault from(double seconds) {
        return new Fault(line + " from " + seconds);
    }

    /** Before this time. */
    public Fault to(double seconds) {
        return new Fault(line + " to " + seconds);
    }
}
