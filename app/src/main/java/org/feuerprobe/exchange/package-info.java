/**
 * How are results exchanged with other tools? Writers of other tools' formats, and readers of the
 * files that people bring.
 *
 * <p>Pure: text in, text or data out. The package may use {@code results} for stored campaigns,
 * {@code change} for histories and {@code sample} for data. Formats: {@code docs/exchange.md}.
 */
@NullMarked
package org.feuerprobe.exchange;

import org.jspecify.annotations.NullMarked;
