package org.feuerprobe.guest;

import java.io.IOException;

/** A variant that the kernel's build does not know; the message names those that it does. */
public final class VariantException extends IOException {
    VariantException(String message) {
        super(message);
    }
}
