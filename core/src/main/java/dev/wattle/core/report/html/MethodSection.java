/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.html;

import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.carbon.EmissionBasis;
import dev.wattle.core.carbon.FigureSources;
import dev.wattle.core.ledger.detail.DeviceDetail;
import dev.wattle.core.ledger.detail.RunDetail;
import dev.wattle.core.report.declare.AiActStatement;
import dev.wattle.core.report.text.QuantityFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How the figures of a run's report were made, and the sentence for the technical documentation of a model. */
final class MethodSection {

    private static final Map<String, String> QUALITIES = qualities();

    private final HtmlWriter out;
    private final RunDetail run;
    private final CarbonSettings carbon;

    MethodSection(HtmlWriter out, RunDetail run, CarbonSettings carbon) {
        this.out = out;
        this.run = run;
        this.carbon = carbon;
    }

    private static Map<String, String> qualities() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("counter", "read from energy counters of the hardware");
        words.put("integrated", "measured power, added up over time by the meter");
        words.put("modelled", "estimated from the load by a published model; nothing was measured");
        return words;
    }

    void write() {
        out.start("section").element("h2", "Method and sources").start("dl");
        for (String quality : run.microjoulesByQuality().keySet()) {
            entry(
                    "Quality",
                    quality + ": " + QUALITIES.getOrDefault(quality, "of a kind that this version does not know"));
        }
        for (DeviceDetail device : run.devices()) {
            if (!device.source().isEmpty()) {
                out.element("dt", "Source of " + device.device());
                out.start("dd").name(device.source()).end();
            }
        }
        entry("Counted", counted());
        if (run.carbon().isPresent()) {
            entry(
                    "CO2e",
                    "energy in kWh, times PUE, times carbon intensity: the operational part of ISO/IEC 21031:2024 (SCI),"
                            + " location-based; without the emissions of making the hardware");
            entry("Carbon intensity", intensity());
            entry("PUE", String.format((Locale) null, "%.2f", carbon.pue()));
        }
        entry("Meter", "Wattle " + run.wattle() + ", in the training's JVM (Java " + run.java() + ")");
        run.unmetered().forEach(sentence -> entry("Not metered", sentence));
        out.endLine();
        AiActStatement.of(run).ifPresent(statement -> {
            out.element("h3", "For the technical documentation of a general-purpose AI model");
            out.element("blockquote", statement);
            out.element(
                    "p",
                    "The same for a bill of materials (SPDX 3.0): report --spdx with the run's name.",
                    "class",
                    "quiet");
        });
        out.endLine();
    }

    private String counted() {
        boolean container =
                run.devices().stream().anyMatch(device -> device.scope().equals("container"));
        return (container
                        ? "the processors and memory of this container"
                        : "the whole machine, other programs included")
                + "; of accelerators, those that this JVM used";
    }

    private String intensity() {
        CarbonIntensity figure = carbon.intensity();
        String text = QuantityFormat.digits(figure.gramsPerKwh()) + " g CO2e/kWh";
        if (figure.zone().equals(CarbonIntensity.CUSTOM)) {
            return text + ", as configured";
        }
        String basis = figure.basis() == EmissionBasis.UNSTATED
                ? ""
                : ", of the electricity " + (figure.basis() == EmissionBasis.GENERATION ? "generated" : "used")
                        + " there";
        String source = FigureSources.bundled()
                .find(figure.source())
                .map(known -> known.reference())
                .orElse(figure.source());
        return text + ": " + figure.zone() + (figure.year() == 0 ? "" : ", average of " + figure.year()) + ", "
                + figure.kind().tag() + basis + "; source: " + source;
    }

    private void entry(String term, String text) {
        out.element("dt", term).element("dd", text);
    }
}
