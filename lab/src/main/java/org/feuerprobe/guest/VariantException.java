package org.feuerprobe.guest;

import java.io.IOException;

/**
 * Thrown for a variant that the kernel's build does not know or that is malformed; the message says
 * what is allowed.
 */
public final class VariantException extends IOException {
    VariantException(String message) {
        super(message);
    }
}
