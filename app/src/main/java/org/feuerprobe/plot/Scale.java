package org.feuerprobe.plot;

import java.util.ArrayList;
import java.util.List;
import org.feuerprobe.sample.Numbers;

/** Mapping of values to places on one axis, with the values that are labelled. */
final class Scale {
    private final boolean log;
    private final double from;
    private final double to;
    private final double start;
    private final double end;

    /** {@code start} and {@code end} are the places of {@code from} and {@code to}. */
    private Scale(boolean log, double from, double to, double start, double end) {
        this.log = log;
        this.from = from;
        this.to = to;
        this.start = start;
        this.end = end;
    }

    /** An axis that ends where its data end. */
    static Scale tight(boolean log, Plot.Range range, double start, double end) {
        return new Scale(log, range.from(), range.to(), start, end);
    }

    /**
     * An axis that ends at round numbers. It starts at zero unless that would waste most of the
     * picture.
     */
    static Scale roomy(boolean log, Plot.Range range, double start, double end) {
        if (log) {
            return new Scale(true, range.from() / 1.3, range.to() * 1.3, start, end);
        }
        double from = range.from();
        double to = range.to();
        if (from >= 0 && from < 0.7 * to) {
            from = 0;
        }
        double step = step(to - from);
        from = Math.floor(from / step - (from == 0 ? 0 : 1e-9)) * step;
        to = Math.ceil(to / step + 1e-9) * step;
        return new Scale(false, from, to, start, end);
    }

    double place(double value) {
        double share =
                log
                        ? Math.log(Math.max(value, from / 1e3) / from) / Math.log(to / from)
                        : (value - from) / (to - from);
        return start + (end - start) * share;
    }

    /** The place of a value, limited to the axis. */
    double inside(double value) {
        double place = place(value);
        return Math.clamp(place, Math.min(start, end), Math.max(start, end));
    }

    boolean shows(double value) {
        return Double.isFinite(value) && (!log || value > 0) && value >= from && value <= to;
    }

    double from() {
        return from;
    }

    double to() {
        return to;
    }

    /** Round values along the axis. */
    List<Double> ticks() {
        return log ? decades() : steps();
    }

    private List<Double> steps() {
        List<Double> ticks = new ArrayList<>();
        double step = step(to - from);
        double first = Math.ceil(from / step - 1e-9);
        for (int i = 0; i <= 12 && (first + i) * step <= to + step * 1e-9; i++) {
            ticks.add((first + i) * step);
        }
        return ticks;
    }

    private List<Double> decades() {
        double wide = Math.log10(to / from);
        double[] within = wide > 3 ? new double[] {1} : new double[] {1, 2, 5};
        int every = (int) Math.max(1, Math.ceil(wide / 7));
        List<Double> ticks = new ArrayList<>();
        for (int power = (int) Math.floor(Math.log10(from)); power <= Math.log10(to); power++) {
            for (double mantissa : within) {
                double value = mantissa * Math.pow(10, power);
                if (power % every == 0 && value >= from * 0.999 && value <= to * 1.001) {
                    ticks.add(value);
                }
            }
        }
        if (ticks.size() < 2) {
            ticks.clear();
            ticks.add(from);
            ticks.add(to);
        }
        return ticks;
    }

    /** 1, 2, 2.5 or 5 times a power of ten, such that at most six steps fit. */
    private static double step(double width) {
        double power = Math.pow(10, Math.floor(Math.log10(width / 4)));
        for (double mantissa : new double[] {1, 2, 2.5, 5}) {
            if (width / (mantissa * power) <= 6) {
                return mantissa * power;
            }
        }
        return 10 * power;
    }

    /** A number in short form, for an axis. */
    static String label(double value) {
        double size = Math.abs(value);
        if (size == 0) {
            return "0";
        }
        if (size >= 1e6 || size < 1e-3) {
            int power = (int) Math.floor(Math.log10(size) + 1e-9);
            double mantissa = value / Math.pow(10, power);
            return Math.abs(mantissa - 1) < 1e-9
                    ? "10" + superscript(power)
                    : Numbers.decimals(mantissa, 2) + "·10" + superscript(power);
        }
        return size >= 1000
                ? Numbers.grouped(Math.round(value))
                : Numbers.decimals(value, size >= 100 ? 1 : size >= 1 ? 2 : 4);
    }

    private static String superscript(int power) {
        StringBuilder text = new StringBuilder();
        for (char digit : Integer.toString(power).toCharArray()) {
            text.append(digit == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(digit - '0'));
        }
        return text.toString();
    }
}
