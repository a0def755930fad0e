/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.carbon;

import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.FigureSources;
import dev.wattle.core.estimate.Estimate;
import dev.wattle.core.estimate.Plain;
import dev.wattle.core.estimate.References;
import java.util.ArrayList;
import java.util.List;

/**
 * An estimate as a paragraph for a publication, with its references. Immutable.
 *
 * @param text the paragraph, with numbers of references in brackets
 * @param references numbered, in the order of their use
 */
record PaperParagraph(String text, List<String> references) {

    static PaperParagraph of(Estimate estimate, CarbonChoice carbon, String version) {
        List<String> references = new ArrayList<>();
        StringBuilder text = new StringBuilder("We estimate that this training used ");
        text.append(EstimateText.energy(estimate.kwh())).append(": ").append(estimate.basis());
        estimate.references().forEach(code -> references.add(References.citation(code)));
        text.append(" [1]. ");
        if (!estimate.range().isEmpty()) {
            text.append("The range is ")
                    .append(estimate.range())
                    .append(others(references.size()))
                    .append(". ");
        }
        text.append("With a PUE of ").append(Plain.number(estimate.carbon().pue()));
        text.append(" and a carbon intensity of ").append(intensity(carbon, references));
        text.append(", this caused ")
                .append(EstimateText.co2e(estimate.gramsCo2e()))
                .append(". ");
        text.append("Not included: ").append(estimate.excluded()).append(". ");
        text.append("Computed with Wattle ").append(version).append('.');
        List<String> numbered = new ArrayList<>();
        for (int i = 0; i < references.size(); i++) {
            numbered.add("[" + (i + 1) + "] " + references.get(i));
        }
        return new PaperParagraph(text.toString(), List.copyOf(numbered));
    }

    /** The references after the first one, which is for the method. */
    private static String others(int count) {
        StringBuilder others = new StringBuilder();
        for (int number = 2; number <= count; number++) {
            others.append(number == 2 ? " [" : ", ").append(number);
        }
        return others.length() == 0 ? "" : others.append(']').toString();
    }

    private static String intensity(CarbonChoice carbon, List<String> references) {
        CarbonIntensity intensity = carbon.settings().intensity();
        String text = CarbonChoice.describe(intensity);
        return FigureSources.bundled()
                .find(intensity.source())
                .map(source -> {
                    references.add(source.reference() + ".");
                    return text + " [" + references.size() + "]";
                })
                .orElse(text);
    }
}
