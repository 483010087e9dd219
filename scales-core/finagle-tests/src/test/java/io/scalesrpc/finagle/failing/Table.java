package io.scalesrpc.finagle.failing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A table in Markdown that is printed row by row. <em>Confined to the thread that
 * prints</em>.
 */
final class Table {

	Table(String title, String... head) {
		System.out.println("\n## " + title + "\n\n" + row(List.of(head)) + "\n" + "|---".repeat(head.length) + "|");
	}

	void row(String name, double... figures) {
		List<String> cells = new ArrayList<>(List.of(name));
		for (double figure : figures) {
			cells.add((figure == Math.rint(figure)) ? String.format(Locale.ROOT, "%,.0f", figure)
					: String.format(Locale.ROOT, "%.2f", figure));
		}
		System.out.println(row(cells));
	}

	private static String row(List<String> cells) {
		return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
	}

}
