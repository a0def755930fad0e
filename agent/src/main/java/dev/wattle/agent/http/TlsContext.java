/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.http;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS of the meter's own, from the JDK's provider: the JVM's default context is the program's to set. */
final class TlsContext {
    private static final String JDK_PROVIDER = "SunJSSE";

    private TlsContext() {}

    /**
     * Makes a context that trusts what the JVM trusts: its {@code cacerts}, or {@code javax.net.ssl.trustStore}.
     *
     * @throws GeneralSecurityException where this runtime has no TLS
     */
    static SSLContext create() throws GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX", JDK_PROVIDER);
        trust.init((KeyStore) null);
        SSLContext context = SSLContext.getInstance("TLS", JDK_PROVIDER);
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
