package org.feuerprobe.testbed;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Sets of processors as Linux writes them: lists such as {@code 2-5,8}, and masks. */
final class CpuLists {
    private static final int MOST = 1 << 16;

    private CpuLists() {}

    /** The numbers in a list. Malformed parts are skipped. */
    static List<Integer> numbers(String list) {
        List<Integer> numbers = new ArrayList<>();
        for (String part : list.split(",", -1)) {
            String text = part.strip();
            if (text.matches("[0-9]{1,5}(-[0-9]{1,5})?")) {
                String[] ends = text.split("-", 2);
                int last = Math.min(MOST, Integer.parseInt(ends[ends.length - 1]));
                for (int i = Integer.parseInt(ends[0]); i <= last; i++) {
                    numbers.add(i);
                }
            }
        }
        return numbers;
    }

    /** Whether a list contains the number. */
    static boolean contains(String list, int number) {
        return numbers(list).contains(number);
    }

    /** Whether a hexadecimal mask, in groups of eight digits, has the bit. */
    static boolean maskHas(String mask, int bit) {
        String digits = mask.replace(",", "");
        return digits.matches("[0-9a-fA-F]+") && new BigInteger(digits, 16).testBit(bit);
    }

    /** A mask without the bit, in groups of eight digits. */
    static String maskWithout(String mask, int bit) {
        String digits = new BigInteger(mask.replace(",", ""), 16).clearBit(bit).toString(16);
        String padded = "0".repeat((8 - digits.length() % 8) % 8) + digits;
        return digits.length() <= 8 ? digits : String.join(",", padded.split("(?<=\\G.{8})"));
    }
}
