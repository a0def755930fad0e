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

/** What a window of the program's used. It comes when its energy is known, a little after its end. */
@Name("wattle.Window")
@Label("Window")
@Description("A stretch of time that the program gave a name, and its energy. Windows may overlap")
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
    @Description(
            "Shorter than two steps of the slowest sensor, so that its energy is little more than an interpolation")
    boolean belowResolution;
}
