/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityFormatTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0.00 J",
        "50000, 0.0500 J",
        "7123456, 7.12 J",
        "123400000, 123.4 J",
        "9999900000, 9999.9 J",
        "10000000000, 10.00 kJ",
        "3600000000000, 3600.0 kJ",
        "36000000000000, 36.00 MJ",
        "9223372036854775807, 9223.4 GJ"
    })
    void writesEnergyWithThePrefixThatSuitsIt(long microjoules, String text) {
        assertThat(QuantityFormat.joules(microjoules)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.00 W", "65250000, 65.25 W", "300833333, 300.8 W", "12500000000, 12.50 kW", "-1, -"})
    void writesPowerAndADashWhereItIsUnknown(long microwatts, String text) {
        assertThat(QuantityFormat.watts(microwatts)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1.000",
        "0.0917, 0.09170",
        "458.04, 458.0",
        "12345.6, 12346",
        "0.0000012344, 0.000001234",
        "0.00000012344, 1.23e-07",
        "-1234567890.4, -1234567890",
        "12345678901, 1.23e+10",
        "-1.7976931348623157e308, -1.80e+308"
    })
    void writesFourDigitsThatCount(double value, String text) {
        assertThat(QuantityFormat.digits(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0.5, 500.0 mg", "0.00012, 0.1200 mg", "999, 999.0 g", "1500, 1.500 kg", "2500000, 2.500 t"})
    void writesMassWithTheUnitThatSuitsIt(double grams, String text) {
        assertThat(QuantityFormat.grams(grams)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.0 s",
        "450000, 0.45 ms",
        "31000000, 31 ms",
        "99000000, 99 ms",
        "100000000, 0.1 s",
        "59940000000, 59.9 s",
        "60000000000, 1 min 0 s",
        "3599600000000, 1 h 0 min 0 s",
        "90061000000000, 25 h 1 min 1 s"
    })
    void writesDurationsAsClocksDo(long nanos, String text) {
        assertThat(QuantityFormat.duration(nanos)).isEqualTo(text);
    }
}
