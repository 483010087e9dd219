package io.scalesrpc.simulation;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Something that happens to a client and its servers: one table. <em>Immutable</em>.
 *
 * @param name its heading
 * @param story what happens, in a sentence or two
 * @param from the second from which on calls are measured
 * @param until the second at which it ends
 * @param setup builds the world
 */
record Scenario(String name, String story, int from, int until, Consumer<World> setup) {

	Result run(Subject subject) {
		World world = new World(subject, Duration.ofSeconds(this.from));
		this.setup.accept(world);
		return world.run(Duration.ofSeconds(this.from), Duration.ofSeconds(this.until));
	}

	/** The table in Markdown. */
	String table(List<Result> results) {
		StringBuilder table = new StringBuilder("## " + this.name + "\n" + this.story);
		table.append(" Measured from second " + this.from + " to " + this.until + ".\n\n").append(Result.HEAD);
		results.forEach((result) -> table.append(result.row()));
		return table.append("\n").toString();
	}

}
