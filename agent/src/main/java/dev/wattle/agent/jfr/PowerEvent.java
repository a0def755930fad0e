/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;

/** The power of one device, once a period. */
@Name("wattle.Power")
@Label("Power")
@Description(
        "Mean power of a device over the last second, and its energy since metering started; no event while unknown")
@Category({"Wattle", "Hardware"})
@Period("1 s")
@StackTrace(false)
final class PowerEvent extends Event {
    @Label("Device")
    @Description("Such as package-0 or gpu-1")
    String device = "";

    @Label("Component")
    @Description("Which part of the machine: cpu, dram or gpu")
    String component = "";

    @Label("Quality")
    @Description("Where the energy comes from: counter, integrated or modelled")
    String quality = "";

    @Label("Power (W)")
    @Watts
    double watts;

    @Label("Energy (µJ)")
    @Description("Since metering started; never decreases")
    @Microjoules
    long microjoules;
}
