/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.carbon;

/** A command line that cannot be carried out; the message says what is wrong and how to correct it, in one line. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
