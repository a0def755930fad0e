/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.carbon;

import dev.wattle.agent.config.AgentConfig;
import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.carbon.EmissionBasis;
import dev.wattle.core.carbon.GridZones;
import dev.wattle.core.carbon.Pue;
import dev.wattle.core.carbon.ZoneKind;
import dev.wattle.core.estimate.Estimate;
import dev.wattle.core.estimate.MeteredEstimate;
import dev.wattle.core.estimate.MeteredSlice;
import dev.wattle.core.ledger.read.JournalReader;
import dev.wattle.core.ledger.read.RecordedCarbon;
import dev.wattle.core.ledger.read.RecordedRun;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The options that scale a metered run, as an estimate. Immutable.
 *
 * @param estimate energy and its assumptions
 * @param carbon that of the run, unless the options say otherwise
 */
record MeteredArguments(Estimate estimate, CarbonChoice carbon) {

    private static final Set<EstimateOption> ALLOWED = EnumSet.of(
            EstimateOption.LEDGER,
            EstimateOption.TIMES,
            EstimateOption.EPOCHS,
            EstimateOption.SAMPLES,
            EstimateOption.GPUS,
            EstimateOption.ZONE,
            EstimateOption.REGION,
            EstimateOption.PUE,
            EstimateOption.INTENSITY,
            EstimateOption.JSON);

    /** @param log takes lines about the configuration, which names the ledger, and about a damaged journal */
    static MeteredArguments of(EstimateArguments arguments, Consumer<String> log) throws UsageException {
        arguments.allowOnly(EstimateOption.FROM, ALLOWED);
        if (arguments.has(EstimateOption.EPOCHS) && arguments.has(EstimateOption.SAMPLES)) {
            throw new UsageException("--epochs and --samples say the same in two ways; give one of them");
        }
        MeteredEstimate scaling = new MeteredEstimate(
                arguments.positive(EstimateOption.TIMES),
                arguments.positive(EstimateOption.EPOCHS),
                arguments.positive(EstimateOption.SAMPLES),
                arguments.whole(EstimateOption.GPUS));
        RecordedRun run = new RunLookup(ledger(arguments, log))
                .find(arguments.text(EstimateOption.FROM).orElseThrow());
        run.damage()
                .ifPresent(damage -> log.accept("the journal of "
                        + EstimateArguments.printable(run.identity().run()) + " " + damage));
        if (run.microjoules() == 0) {
            throw new UsageException(
                    EstimateArguments.printable(run.file().toString()) + " has no energy to start from");
        }
        CarbonSettings ofRun = run.carbon().map(MeteredArguments::settings).orElse(CarbonSettings.worldDefault());
        CarbonChoice carbon = CarbonChoice.of(arguments, ofRun, run.carbon().isPresent() ? "that of the run" : "");
        MeteredSlice slice = new MeteredSlice(run, JournalReader.epochs(run.file()));
        try {
            return new MeteredArguments(scaling.of(slice, carbon.settings()), carbon);
        } catch (IllegalArgumentException missing) {
            throw new UsageException(String.valueOf(missing.getMessage()));
        }
    }

    private static Optional<Path> ledger(EstimateArguments arguments, Consumer<String> log) throws UsageException {
        Optional<String> given = arguments.text(EstimateOption.LEDGER);
        if (given.isEmpty()) {
            return AgentConfig.ofThisJvm("", log).ledger();
        }
        try {
            return Optional.of(Path.of(given.get()));
        } catch (IllegalArgumentException noPath) {
            throw new UsageException("--ledger takes a directory, not '" + EstimateArguments.shown(given.get()) + "'");
        }
    }

    private static CarbonSettings settings(RecordedCarbon carbon) {
        Optional<CarbonIntensity> zone = GridZones.bundled().find(carbon.zone());
        boolean user =
                carbon.zone().equals(CarbonIntensity.CUSTOM) || carbon.source().equals(CarbonIntensity.USER);
        CarbonIntensity intensity = new CarbonIntensity(
                Math.min(CarbonIntensity.MAX_GRAMS_PER_KWH, carbon.gramsPerKwh()),
                carbon.zone(),
                user
                        ? "given by the user of that run"
                        : zone.map(CarbonIntensity::zoneName).orElse("zone of the run"),
                carbon.year(),
                kind(carbon.kind()),
                basis(carbon.basis()),
                user ? CarbonIntensity.USER : carbon.source());
        return new CarbonSettings(
                intensity, Math.max(Pue.MIN, Math.min(Pue.MAX, carbon.pue())), GridZones.WORLD.equals(carbon.zone()));
    }

    /** A word that a later version may have added is not an error. */
    private static ZoneKind kind(String word) {
        for (ZoneKind kind : ZoneKind.values()) {
            if (kind.tag().equals(word.toLowerCase(Locale.ROOT))) {
                return kind;
            }
        }
        return ZoneKind.UNSTATED;
    }

    private static EmissionBasis basis(String word) {
        for (EmissionBasis basis : EmissionBasis.values()) {
            if (basis.tag().equals(word.toLowerCase(Locale.ROOT))) {
                return basis;
            }
        }
        return EmissionBasis.UNSTATED;
    }
}
