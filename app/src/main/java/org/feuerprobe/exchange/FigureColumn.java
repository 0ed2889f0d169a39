package org.feuerprobe.exchange;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.feuerprobe.sample.Unit;

/**
 * Tells columns of further figures from parameters: numbers of repetitions, rates, and times or
 * fractions that differ from row to row. The cost does not depend on them.
 */
final class FigureColumn {
    private static final Set<String> NUMBERS =
            Set.of(
                    "#",
                    "index",
                    "row",
                    "iteration",
                    "iter",
                    "repetition",
                    "rep",
                    "repeat",
                    "trial",
                    "sample",
                    "run");

    private static final Set<String> FIGURES =
            Set.of(
                    "real_time",
                    "cpu_time",
                    "time",
                    "latency",
                    "duration",
                    "elapsed",
                    "user",
                    "sys",
                    "system",
                    "mean",
                    "median",
                    "min",
                    "max",
                    "stddev",
                    "sd",
                    "error",
                    "cycles",
                    "instructions");

    private FigureColumn() {}

    static boolean is(CsvTable table, int column) throws ForeignFormatException {
        if (table.isWords(column)) {
            return false;
        }
        String name = table.head().get(column).toLowerCase(Locale.ROOT);
        if (NUMBERS.contains(name) || MetricDirections.isRate(name)) {
            return true;
        }
        Set<Double> distinct = new HashSet<>();
        boolean fractions = false;
        for (CsvRecord row : table.rows()) {
            double number = table.number(row, column);
            distinct.add(number);
            fractions |= number != Math.rint(number);
        }
        return 2 * distinct.size() > table.rows().size()
                && (fractions || FIGURES.contains(name) || Unit.in(name).isPresent());
    }
}
