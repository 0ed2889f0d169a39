package org.feuerprobe.sample;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A unit of energy, of power, or of their energy-delay product, with every spelling that claims,
 * files and options may use. Conversion is decimal and rounds once.
 */
public enum UnitOfEnergy implements Unit {
    PICOJOULES(Quantity.ENERGY, "0.001", "pJ picojoule picojoules"),
    NANOJOULES(Quantity.ENERGY, "1", "nJ nanojoule nanojoules"),
    MICROJOULES(Quantity.ENERGY, "1000", "uJ uj \u00b5J \u03bcJ \u00b5j microjoule microjoules"),
    MILLIJOULES(Quantity.ENERGY, "1000000", "mJ mj millijoule millijoules"),
    JOULES(Quantity.ENERGY, "1000000000", "J joule joules Ws"),
    KILOJOULES(Quantity.ENERGY, "1000000000000", "kJ kilojoule kilojoules"),
    WATT_HOURS(Quantity.ENERGY, "3600000000000", "Wh"),
    KILOWATT_HOURS(Quantity.ENERGY, "3600000000000000", "kWh"),
    MICROWATTS(Quantity.POWER, "0.000001", "uW uw \u00b5W \u03bcW microwatt microwatts"),
    MILLIWATTS(Quantity.POWER, "0.001", "mW mw milliwatt milliwatts"),
    WATTS(Quantity.POWER, "1", "W watt watts"),
    KILOWATTS(Quantity.POWER, "1000", "kW kilowatt kilowatts"),
    JOULE_SECONDS(Quantity.PRODUCT, "1", "Js");

    private enum Quantity {
        ENERGY("nJ"),
        POWER("W"),
        PRODUCT("Js");

        private final String decidedIn;

        Quantity(String decidedIn) {
            this.decidedIn = decidedIn;
        }
    }

    private static final Map<String, UnitOfEnergy> BY_WORD =
            UnitWord.spellings(values(), UnitOfEnergy::words);

    private final Quantity quantity;
    private final BigDecimal factor;
    private final String words;

    UnitOfEnergy(Quantity quantity, String factor, String words) {
        this.quantity = quantity;
        this.factor = new BigDecimal(factor);
        this.words = words;
    }

    /** All spellings. */
    public List<String> words() {
        return List.of(words.split(" ", -1));
    }

    @Override
    public String symbol() {
        return words().getFirst();
    }

    @Override
    public String decidedIn() {
        return quantity.decidedIn;
    }

    /** The unit that is spelt so; {@code uJ/op} is {@code uJ}. */
    public static Optional<UnitOfEnergy> of(String word) {
        return UnitWord.find(BY_WORD, word);
    }

    /**
     * The unit at the end of a column's name: {@code energy_uj}, {@code Power (W)}. A column that
     * is only called {@code W} or {@code J} may be a parameter, and has no unit.
     */
    static Optional<UnitOfEnergy> in(String name) {
        String bare = name.strip();
        Optional<UnitOfEnergy> whole = bare.length() > 1 ? of(bare) : Optional.empty();
        return whole.isPresent() ? whole : UnitWord.behind(bare, UnitOfEnergy::of);
    }

    @Override
    public double decided(double amount) {
        return factor.compareTo(BigDecimal.ONE) == 0 || !Double.isFinite(amount)
                ? amount
                : BigDecimal.valueOf(amount).multiply(factor).doubleValue();
    }

    @Override
    public double fromDecided(double amount) {
        return factor.compareTo(BigDecimal.ONE) == 0 || !Double.isFinite(amount)
                ? amount
                : BigDecimal.valueOf(amount).divide(factor, MathContext.DECIMAL128).doubleValue();
    }
}
