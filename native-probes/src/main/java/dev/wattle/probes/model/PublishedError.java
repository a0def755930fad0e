/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.model;

/** Published differences between such models and measurements, with their sources. */
final class PublishedError {
    /** Fischer, "Ground-Truthing AI Energy Consumption": CodeCarbon and similar tools against meters, hundreds of runs. */
    static final String OF_LOAD_MODELS = "+/-40 % (arXiv 2509.22092, 2025)";

    /** Newkirk and others, "Empirically-Calibrated H100 Node Power Models": training on eight H100, at design power. */
    static final String OF_BOARDS_AT_DESIGN_POWER = "27 to 37 % for nodes of eight H100 (arXiv 2506.14551, 2025)";

    private PublishedError() {}
}
