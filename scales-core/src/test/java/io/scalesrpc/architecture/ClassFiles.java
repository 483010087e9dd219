package io.scalesrpc.architecture;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/**
 * Who imports and uses what, as the class files tell; names stand without the root
 * package. <em>Immutable</em>.
 *
 * @param classes the classes looked at
 */
record ClassFiles(JavaClasses classes) {

	private static final String ROOT = "io.scalesrpc.";

	/** The classes of the core, without those of its tests. */
	static ClassFiles ofTheCore() {
		return new ClassFiles(
				new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(ROOT));
	}

	/**
	 * The packages each package imports, without itself and the root, whose mark every
	 * package may wear.
	 */
	Map<String, Set<String>> imports() {
		Map<String, Set<String>> imports = new TreeMap<>();
		for (JavaClass type : this.classes) {
			Set<String> imported = imports.computeIfAbsent(packageOf(type.getName()), (name) -> new TreeSet<>());
			targets(type).filter((target) -> target.startsWith(ROOT)).map(ClassFiles::packageOf).forEach(imported::add);
		}
		imports.remove("");
		imports.forEach((name, imported) -> {
			imported.remove("");
			imported.remove(name);
		});
		return imports;
	}

	/**
	 * The classes that use each of some things.
	 * @param names packages, classes, or members as {@code class#member}
	 */
	Map<String, Set<String>> users(Set<String> names) {
		Map<String, Set<String>> users = new TreeMap<>();
		for (JavaClass type : this.classes) {
			Set<String> used = new TreeSet<>(targets(type).toList());
			members(type).forEach(used::add);
			for (String name : names) {
				if (used.stream().anyMatch(within(name))) {
					users.computeIfAbsent(name, (key) -> new TreeSet<>()).add(topLevel(type.getName()));
				}
			}
		}
		return users;
	}

	private static Predicate<String> within(String name) {
		return (used) -> used.equals(name) || used.startsWith(name + ".") || used.startsWith(name + "$");
	}

	private static Stream<String> targets(JavaClass type) {
		return type.getDirectDependenciesFromSelf()
			.stream()
			.map(Dependency::getTargetClass)
			.map((target) -> target.getBaseComponentType().getName());
	}

	private static Stream<String> members(JavaClass type) {
		Stream<? extends JavaAccess<?>> references = Stream.concat(type.getMethodReferencesFromSelf().stream(),
				type.getConstructorReferencesFromSelf().stream());
		return Stream.concat(type.getAccessesFromSelf().stream(), references)
			.map((access) -> access.getTargetOwner().getName() + "#" + access.getTarget().getName());
	}

	private static String packageOf(String className) {
		String name = topLevel(className);
		return name.substring(0, Math.max(0, name.lastIndexOf('.')));
	}

	private static String topLevel(String className) {
		int nested = className.indexOf('$');
		return ((nested >= 0) ? className.substring(0, nested) : className).substring(ROOT.length());
	}

}
