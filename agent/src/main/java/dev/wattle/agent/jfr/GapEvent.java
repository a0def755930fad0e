/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import jdk.jfr.Timestamp;

/** Time in which a device was not read: one event for each period with such time, so that lengths add up. */
@Name("wattle.Gap")
@Label("Gap")
@Description(
        "Time in which a device was not read, once a period while it lasts; lengths add up. Starts are accurate to a period")
@Category({"Wattle", "Hardware"})
@Period("1 s")
@StackTrace(false)
final class GapEvent extends Event {
    @Label("Device")
    @Description("Such as package-0 or gpu-1")
    String device = "";

    @Label("Component")
    @Description("Which part of the machine: cpu, dram or gpu")
    String component = "";

    @Label("Began")
    @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
    long began;

    @Label("Length")
    @Timespan(Timespan.NANOSECONDS)
    long length;

    @Label("Reason")
    @Description("The driver's message when it last reported the device as lost; unknown otherwise")
    String reason = "";
}
