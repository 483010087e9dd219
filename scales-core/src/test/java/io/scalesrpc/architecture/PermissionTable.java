package io.scalesrpc.architecture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Permissions written as text, {@code name -> permitted permitted}, one name a line. What
 * is done but not permitted is a problem, and so is a permission that nobody uses.
 * {@code all} permits everything and need not be used. <em>Immutable</em>.
 *
 * @param rows what is permitted, by name
 */
record PermissionTable(Map<String, Set<String>> rows) {

	private static final String ALL = "all";

	static PermissionTable parse(String text) {
		Map<String, Set<String>> rows = new LinkedHashMap<>();
		text.lines().map(String::strip).filter((line) -> !line.isEmpty()).forEach((line) -> {
			String[] sides = line.split("\\s*->\\s*", -1);
			if (sides.length != 2) {
				throw new IllegalArgumentException("line: " + line + " (expected: name -> permitted permitted ...)");
			}
			Set<String> permitted = new TreeSet<>(List.of(sides[1].split("\\s+")));
			permitted.remove("");
			if (rows.put(sides[0], permitted) != null) {
				throw new IllegalArgumentException("line: " + line + " (expected: one line for each name)");
			}
		});
		return new PermissionTable(rows);
	}

	/**
	 * Compares with what packages import.
	 * @param imports for every package there is, the packages it imports
	 * @return one text for each problem
	 */
	List<String> problemsOfImports(Map<String, Set<String>> imports) {
		List<String> problems = new ArrayList<>();
		imports.forEach((name, imported) -> {
			Set<String> permitted = this.rows.getOrDefault(name, Set.of());
			if (!this.rows.containsKey(name)) {
				problems.add("package " + name + " has no line");
			}
			beside(imported, permitted).forEach((other) -> problems.add(name + " must not import " + other));
			beside(permitted, imported).forEach((other) -> problems.add(name + " does not import " + other));
		});
		beside(this.rows.keySet(), imports.keySet()).forEach((name) -> problems.add("there is no package " + name));
		Set<String> circle = cycle(imports);
		if (!circle.isEmpty()) {
			problems.add("cycle among " + circle);
		}
		return problems;
	}

	/**
	 * Compares with what classes use.
	 * @param users for every name of the table, the classes that use what it names; the
	 * table may permit them by class or by package
	 * @return one text for each problem
	 */
	List<String> problemsOfUse(Map<String, Set<String>> users) {
		List<String> problems = new ArrayList<>();
		this.rows.forEach((name, permitted) -> {
			Set<String> using = new TreeSet<>();
			for (String user : users.getOrDefault(name, Set.of())) {
				String by = permitted.contains(user) ? user : user.substring(0, Math.max(0, user.lastIndexOf('.')));
				using.add(by);
				if (!permitted.contains(by) && !permitted.contains(ALL)) {
					problems.add(user + " must not use " + name);
				}
			}
			beside(permitted, using).forEach((unused) -> problems.add(unused + " does not use " + name));
		});
		return problems;
	}

	private static Set<String> beside(Set<String> these, Set<String> those) {
		Set<String> rest = new TreeSet<>(these);
		rest.removeAll(those);
		rest.remove(ALL);
		return those.contains(ALL) ? Set.of() : rest;
	}

	/**
	 * Takes away, again and again, what imports nothing that is left and what nothing
	 * that is left imports.
	 */
	private static Set<String> cycle(Map<String, Set<String>> imports) {
		Map<String, Set<String>> left = new TreeMap<>(imports);
		boolean changed = true;
		while (changed) {
			changed = left.values().removeIf((imported) -> imported.stream().noneMatch(left::containsKey));
			Set<String> wanted = new TreeSet<>();
			left.values().forEach(wanted::addAll);
			changed |= left.keySet().removeIf((name) -> !wanted.contains(name));
		}
		return left.keySet();
	}

}
