/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.export;

/** A request that is answered with an error. The connection is closed where the end of the request is unknown. */
final class HttpError extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String text;

    /** @param text one line for a person, without any part of the request */
    HttpError(int status, String text) {
        super(text, null, false, false);
        this.status = status;
        this.text = text;
    }

    HttpResponse response() {
        return HttpResponse.text(status, text);
    }
}
