package org.feuerprobe.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.feuerprobe.bound.Product;

/**
 * An exact law that steps by blocks, such as {@code 21 + 6·S·ceil(K/64) + 34·S}. It is parsed from
 * the model's text, because the model's terms describe only the trend of such a law.
 */
public record BlockLaw(double constant, List<Part> parts) {
    /**
     * {@code coefficient · rest · ceil(parameter / block)}.
     *
     * @param parameter parameter that is counted in blocks; empty if the part has none
     */
    public record Part(double coefficient, Product rest, String parameter, long block) {
        private Optional<Double> at(Map<String, Double> parameters) {
            Double counted = parameter.isEmpty() ? Double.valueOf(0) : parameters.get(parameter);
            if (counted == null
                    || !rest.factors().stream()
                            .allMatch(f -> parameters.containsKey(f.parameter()))) {
                return Optional.empty();
            }
            double blocks = parameter.isEmpty() ? 1 : Math.ceil(counted / block);
            return Optional.of(coefficient * blocks * rest.at(parameters));
        }
    }

    private static final Pattern BLOCKS = Pattern.compile("ceil\\((.+)/(\\d{1,9})\\)");
    private static final Pattern NUMBER = Pattern.compile("(\\d+(?:\\.\\d+)?)(?:/(\\d+))?");

    public BlockLaw {
        parts = List.copyOf(parts);
    }

    /** Parses the text of a model; empty if it is no law by blocks, or has a newer form. */
    public static Optional<BlockLaw> parse(String text) {
        if (!text.contains("ceil(") || text.contains(";")) {
            return Optional.empty();
        }
        int unit = text.lastIndexOf(' ');
        boolean named = unit > 1 && "+-".indexOf(text.charAt(unit - 1)) < 0;
        String[] signed = (named ? text.substring(0, unit) : text).split(" (?=[+-] )", -1);
        Optional<Double> constant = number(signed[0]);
        List<Part> parts = new ArrayList<>();
        for (int i = 1; i < signed.length; i++) {
            Optional<Part> part = part(signed[i].substring(2), signed[i].startsWith("-") ? -1 : 1);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            parts.add(part.get());
        }
        return constant.map(value -> new BlockLaw(value, parts));
    }

    private static Optional<Part> part(String text, int sign) {
        Optional<Double> coefficient = Optional.empty();
        List<String> rest = new ArrayList<>();
        String parameter = "";
        long block = 1;
        for (String factor : text.split("·", -1)) {
            Matcher blocks = BLOCKS.matcher(factor);
            if (coefficient.isEmpty()) {
                coefficient = number(factor);
                if (coefficient.isEmpty()) {
                    return Optional.empty();
                }
            } else if (blocks.matches() && parameter.isEmpty()) {
                parameter = blocks.group(1);
                block = Math.max(1, Long.parseLong(blocks.group(2)));
            } else {
                rest.add(factor);
            }
        }
        Optional<Product> product =
                rest.isEmpty()
                        ? Optional.of(Product.ONE)
                        : StoredModel.product(String.join("·", rest));
        if (product.isEmpty() || coefficient.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Part(sign * coefficient.get(), product.get(), parameter, block));
    }

    private static Optional<Double> number(String text) {
        Matcher number = NUMBER.matcher(text.startsWith("-") ? text.substring(1) : text);
        if (!number.matches()) {
            return Optional.empty();
        }
        double value = Double.parseDouble(number.group(1));
        double divisor = number.group(2) == null ? 1 : Double.parseDouble(number.group(2));
        return Optional.of((text.startsWith("-") ? -value : value) / divisor);
    }

    /** Cost at a point; empty if a parameter is missing. */
    public Optional<Double> at(Map<String, Double> parameters) {
        double cost = constant;
        for (Part part : parts) {
            Optional<Double> value = part.at(parameters);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            cost += value.get();
        }
        return Optional.of(cost);
    }
}
