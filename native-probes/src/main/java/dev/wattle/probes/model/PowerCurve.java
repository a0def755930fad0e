/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.model;

/**
 * Watts by load, linear between the loads 0, 10, 50 and 100 %.
 *
 * @param idle watts at no load
 * @param tenth watts at a tenth
 * @param half watts at half
 * @param full watts at full load
 */
record PowerCurve(double idle, double tenth, double half, double full) {

    /**
     * The shape Teads Engineering measured with RAPL on bare-metal servers ("Building an AWS EC2 carbon emissions
     * dataset", 2021), as shares of the thermal design power. Measured curves have this form: steep at low load, flat at
     * high load.
     */
    static PowerCurve ofThermalDesign(double watts) {
        return new PowerCurve(0.12 * watts, 0.32 * watts, 0.75 * watts, 1.02 * watts);
    }

    static PowerCurve linear(double idle, double full) {
        double span = full - idle;
        return new PowerCurve(idle, idle + 0.1 * span, idle + 0.5 * span, full);
    }

    PowerCurve times(double factor) {
        return new PowerCurve(idle * factor, tenth * factor, half * factor, full * factor);
    }

    /** Watts at a load; below 0 as at 0, above 1 as at 1. */
    double wattsAt(double load) {
        if (load <= 0) {
            return idle;
        }
        if (load < 0.1) {
            return idle + (tenth - idle) * load / 0.1;
        }
        if (load < 0.5) {
            return tenth + (half - tenth) * (load - 0.1) / 0.4;
        }
        return load < 1 ? half + (full - half) * (load - 0.5) / 0.5 : full;
    }
}
