/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The HTTP endpoint, its access rules, and the file of the summary.
 *
 * <p>Exports snapshots; nothing here measures or changes anything.
 */
@NullMarked
package dev.wattle.agent.export;

import org.jspecify.annotations.NullMarked;
