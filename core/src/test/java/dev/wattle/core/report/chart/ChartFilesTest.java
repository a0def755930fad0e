/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ChartFilesTest {

    @Test
    void haveWhatAPageCanTakeInAndTheirLicence() throws IOException {
        assertThat(ChartFiles.uplotScript())
                .contains("MIT License", "https://github.com/leeoniya/uPlot", "var uPlot=")
                .doesNotContain("</script", "<!--", "eval(", "new Function");
        assertThat(ChartFiles.uplotStyle()).contains(".uplot").doesNotContain("</style", "@import", "url(");
    }
}
