/**
 * How is a JSON document of a stranger read? {@link org.feuerprobe.json.Json} is a value that knows
 * its place, so that an error says what is wrong and where. {@link org.feuerprobe.json.ForeignText}
 * makes texts harmless before anything shows them.
 *
 * <p>Pure: it takes text and opens no file.
 */
@NullMarked
package org.feuerprobe.json;

import org.jspecify.annotations.NullMarked;
