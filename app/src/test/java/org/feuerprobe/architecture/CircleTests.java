package org.feuerprobe.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which classes of a package need each other? A nested class counts as the one around it. */
final class CircleTests {
    private static final String ROOT = "org.feuerprobe";
    private static final int MOST_IN_A_CIRCLE = 3;

    private static Map<String, Set<String>> usesWithinPackages() {
        JavaClasses classes =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .withImportOption(location -> !location.contains("-tests.jar"))
                        .importPackages(ROOT);
        Map<String, Set<String>> uses = new TreeMap<>();
        for (JavaClass type : classes) {
            Set<String> used = uses.computeIfAbsent(outermost(type), _ -> new TreeSet<>());
            type.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> target.getPackageName().equals(type.getPackageName()))
                    .map(CircleTests::outermost)
                    .filter(name -> !name.equals(outermost(type)))
                    .forEach(used::add);
        }
        return uses;
    }

    private static String outermost(JavaClass type) {
        int nested = type.getName().indexOf('$');
        return nested < 0 ? type.getName() : type.getName().substring(0, nested);
    }

    @Test
    void atMostThreeClassesNeedEachOther() {
        Map<String, Set<String>> uses = usesWithinPackages();

        assertThat(uses.size()).as("the rule has something to see").isGreaterThan(300);
        assertThat(circles(uses)).filteredOn(circle -> circle.size() > MOST_IN_A_CIRCLE).isEmpty();
    }

    @Test
    void aCircleIsFound() {
        Map<String, Set<String>> uses =
                Map.of(
                        "a", Set.of("b"),
                        "b", Set.of("c"),
                        "c", Set.of("a", "d"),
                        "d", Set.of("e"),
                        "e", Set.of());

        assertThat(circles(uses)).containsExactlyInAnyOrder(Set.of("a", "b", "c"));
    }

    /** Strongly connected components of two classes and more (Tarjan 1972). */
    private static List<Set<String>> circles(Map<String, Set<String>> uses) {
        Search search = new Search(uses);
        uses.keySet().forEach(search::from);
        return search.circles;
    }

    private static final class Search {
        private final Map<String, Set<String>> uses;
        private final Map<String, Integer> number = new HashMap<>();
        private final Deque<String> path = new ArrayDeque<>();
        private final List<Set<String>> circles = new ArrayList<>();

        private Search(Map<String, Set<String>> uses) {
            this.uses = uses;
        }

        /** The lowest number on the path that can be reached from here. */
        private int from(String name) {
            Integer known = number.get(name);
            if (known != null) {
                return path.contains(name) ? known : Integer.MAX_VALUE;
            }
            int own = number.size();
            number.put(name, own);
            path.push(name);
            int low = own;
            for (String used : uses.getOrDefault(name, Set.of())) {
                low = Math.min(low, from(used));
            }
            if (low == own) {
                Set<String> circle = new TreeSet<>();
                String member;
                do {
                    member = path.pop();
                    circle.add(member);
                } while (!member.equals(name));
                if (circle.size() > 1) {
                    circles.add(circle);
                }
                return Integer.MAX_VALUE;
            }
            return low;
        }
    }
}
