/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.probe;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SensorTest {

    @Test
    void aRangeCannotBeNegative() {
        assertThatThrownBy(() -> new Sensor.Counter(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSensorCannotSeeTheFuture() {
        assertThatThrownBy(() -> new Sensor.Power(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
