package org.feuerprobe.kit;

import java.util.ArrayList;
import java.util.List;

/**
 * A symbol of an object file, as {@code nm} prints it.
 *
 * @param kind nm's letter: {@code T} code, {@code D} data, {@code B} zeroed data, {@code U}
 *     undefined; small letters are static
 */
record Symbol(String name, char kind) {
    private static final String STRONG = "TDBRGSC";
    private static final String STATIC_DATA = "dbsg";

    /** Whether a second definition of it is an error. */
    boolean strong() {
        return STRONG.indexOf(kind) >= 0;
    }

    /** Whether other files can use it. */
    boolean defined() {
        return strong() || kind == 'W' || kind == 'V' || kind == 'u' || kind == 'i';
    }

    /** Whether the file needs it from another file. */
    boolean wanted() {
        return kind == 'U';
    }

    boolean staticData() {
        return STATIC_DATA.indexOf(kind) >= 0 && !name.startsWith(".") && !name.startsWith("$");
    }

    boolean staticCode() {
        return kind == 't' && !name.startsWith(".") && !name.startsWith("$");
    }

    /**
     * Reads the symbols of a file, or of each member of a library.
     *
     * @param posix output of {@code nm -P}
     * @param file name for a file that has no members
     */
    static List<Member> read(String posix, String file) {
        List<Member> members = new ArrayList<>();
        Member current = new Member(file, new ArrayList<>());
        members.add(current);
        for (String line : posix.lines().toList()) {
            if (line.endsWith("]:")) {
                String name = line.substring(line.lastIndexOf('[') + 1, line.length() - 2);
                current = new Member(name, new ArrayList<>());
                members.add(current);
                continue;
            }
            String[] words = line.split(" ", -1);
            if (words.length >= 2 && words[1].length() == 1) {
                current.symbols().add(new Symbol(words[0], words[1].charAt(0)));
            }
        }
        return members.stream().filter(member -> !member.symbols().isEmpty()).toList();
    }

    /** An object file, or a member of a library, with its symbols. */
    record Member(String name, List<Symbol> symbols) {}
}
