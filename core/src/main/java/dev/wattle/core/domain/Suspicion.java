/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.domain;

import java.time.Instant;

/**
 * Why the readings of a domain are not believed.
 *
 * @param when since when, to the microsecond
 * @param reason a part of a sentence: {@code its counter stands still at a power of 212.0 W}
 */
public record Suspicion(Instant when, String reason) {}
