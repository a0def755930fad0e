/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import com.sun.jna.Callback;
import com.sun.jna.CallbackReference;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.SymbolProvider;
import java.util.HashMap;
import java.util.Map;

/**
 * Loads NVML and binds {@link NvmlFunctions} to it. A function that this driver's library lacks is bound to one that returns
 * {@link NvmlReturn#FUNCTION_NOT_FOUND}, because JNA binds all functions of a class or none.
 */
final class NvmlLibrary {
    private static final int RTLD_LAZY = 1;
    private static final Missing MISSING = () -> NvmlReturn.FUNCTION_NOT_FOUND;

    private NvmlLibrary() {}

    /** Replaces a function that the library lacks; ignores the arguments. */
    private interface Missing extends Callback {
        int code();
    }

    /**
     * Loads the library and binds the functions.
     *
     * @param library its file, or its name for the system's loader
     * @throws UnsatisfiedLinkError if it cannot be loaded
     */
    static void bind(String library) {
        Map<String, Object> options = new HashMap<>();
        options.put(Library.OPTION_SYMBOL_PROVIDER, (SymbolProvider) NvmlLibrary::addressOf);
        if (!System.getProperty("os.name", "").startsWith("Windows")) {
            // Without RTLD_GLOBAL, JNA's default, so that the host does not find the library's symbols.
            options.put(Library.OPTION_OPEN_FLAGS, RTLD_LAZY);
        }
        Native.register(NvmlFunctions.class, NativeLibrary.getInstance(library, options));
    }

    private static long addressOf(long handle, String symbol, SymbolProvider library) {
        try {
            return library.getSymbolAddress(handle, symbol, library);
        } catch (UnsatisfiedLinkError missing) {
            if (symbol.endsWith("_v3")) {
                // The process list has the same layout in its second version.
                return addressOf(handle, symbol.replace("_v3", "_v2"), library);
            }
            return Pointer.nativeValue(CallbackReference.getFunctionPointer(MISSING));
        }
    }
}
