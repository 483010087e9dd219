package io.scalesrpc.architecture;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients are made on many threads at once. Two classes that each need the other to be
 * initialised block each other for good, and whoever needs one of them, when two threads
 * begin at different ends: no classes of the core do.
 */
class StaticInitializerTests {

	@Test
	void noClassesWaitForEachOther() {
		assertThat(circles(ClassFiles.ofTheCore().classes())).isEmpty();
	}

	@Test
	void circlesAreSeen() {
		assertThat(circles(new ClassFileImporter().importClasses(Settings.class, Part.class, Apart.class)))
			.containsOnlyKeys(Settings.class.getName(), Part.class.getName());
	}

	/** Whom each of those that are in a circle needs. */
	private static Map<String, Set<String>> circles(Iterable<JavaClass> classes) {
		Map<String, Set<String>> needed = new TreeMap<>();
		for (JavaClass type : classes) {
			// The bodies of an enum's constants are made by the enum only.
			if (!type.isAnonymousClass()) {
				needed.put(type.getName(), new TreeSet<>(names(neededBy(type))));
			}
		}
		needed.values().forEach((others) -> others.retainAll(needed.keySet()));
		Map<String, Set<String>> circles = new TreeMap<>();
		needed.forEach((type, others) -> {
			if (isReachable(type, others, needed, new TreeSet<>())) {
				circles.put(type, others);
			}
		});
		return circles;
	}

	private static boolean isReachable(String wanted, Set<String> from, Map<String, Set<String>> needed,
			Set<String> seen) {
		for (String next : from) {
			if (next.equals(wanted) || (seen.add(next) && isReachable(wanted, needed.get(next), needed, seen))) {
				return true;
			}
		}
		return false;
	}

	private static Set<String> names(Collection<JavaClass> types) {
		Set<String> names = new TreeSet<>();
		types.forEach((type) -> names.add(type.getName()));
		return names;
	}

	/** What must be initialised before the class is. */
	private static List<JavaClass> neededBy(JavaClass type) {
		List<JavaClass> needed = new ArrayList<>();
		type.getRawSuperclass().ifPresent(needed::add);
		type.getAllRawInterfaces().stream().filter(StaticInitializerTests::isInitialisedByOthers).forEach(needed::add);
		type.getStaticInitializer().ifPresent((code) -> visit(code, needed, new TreeSet<>()));
		needed.removeIf(type::equals);
		return needed;
	}

	/** Interfaces are only where they have code of their own. */
	private static boolean isInitialisedByOthers(JavaClass type) {
		return type.getStaticInitializer().isPresent() && type.getMethods()
			.stream()
			.anyMatch((method) -> !method.getModifiers().contains(JavaModifier.ABSTRACT)
					&& !method.getModifiers().contains(JavaModifier.STATIC));
	}

	/** Follows what is called while a class is initialised. */
	private static void visit(JavaCodeUnit code, List<JavaClass> needed, Set<String> seen) {
		if (!seen.add(code.getFullName())) {
			return;
		}
		code.getConstructorCallsFromSelf().forEach((call) -> {
			needed.add(call.getTargetOwner());
			call.getTarget().resolveMember().ifPresent((target) -> visit(target, needed, seen));
		});
		code.getMethodCallsFromSelf().forEach((call) -> call.getTarget().resolveMember().ifPresent((target) -> {
			if (target.getModifiers().contains(JavaModifier.STATIC)) {
				needed.add(target.getOwner());
			}
			visit(target, needed, seen);
		}));
		code.getFieldAccesses().forEach((access) -> access.getTarget().resolveMember().ifPresent((field) -> {
			if (field.getModifiers().contains(JavaModifier.STATIC)) {
				needed.add(field.getOwner());
			}
		}));
	}

	/** Has parts that ask for its help. */
	static final class Settings {

		static final Part PART = new Part();

		static void check(Part part) {
			assertThat(part).isNotNull();
		}

	}

	/** Asks for help when it is made. */
	static final class Part {

		static final Part NONE = new Part();

		Part() {
			Settings.check(this);
		}

	}

	/** Needs others, who do not need it. */
	static final class Apart {

		static final Part PART = Part.NONE;

	}

}
