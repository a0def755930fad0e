/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import jdk.jfr.Timestamp;

/** A window of the program and its energy. Recorded once the energy is known, a little after the window's end. */
@Name("wattle.Window")
@Label("Window")
@Description("A time span that the program named, and its energy. Windows may overlap")
@Category({"Wattle", "Training"})
@StackTrace(false)
final class WindowEvent extends Event {
    @Label("Name")
    String name = "";

    @Label("Began")
    @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
    long began;

    @Label("Length")
    @Timespan(Timespan.NANOSECONDS)
    long length;

    @Label("Energy (J)")
    @Joules
    double joules;

    @Label("Energy (µJ)")
    @Microjoules
    long microjoules;

    @Label("Below Resolution")
    @Description("Shorter than two readings of the slowest sensor, so that its energy is mostly interpolated")
    boolean belowResolution;
}
