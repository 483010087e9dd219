package io.scalesrpc.spring.client;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.scalesrpc.call.Checks;
import io.scalesrpc.call.InvalidSettingException;
import io.scalesrpc.spring.ScalesConfigurationException;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the configuration, all of it: who starts an application wants to
 * correct its mistakes at once. <em>Confined to the thread that makes the client</em>.
 */
final class Mistakes {

	private final List<ScalesConfigurationException> found = new ArrayList<>();

	private final ClientProblems problems;

	Mistakes(ClientProblems problems) {
		this.problems = problems;
	}

	void add(ScalesConfigurationException mistake) {
		if (this.found.stream().noneMatch(mistake::saysTheSameAs)) {
			this.found.add(mistake);
		}
	}

	/**
	 * Makes the settings of a section, whose name the names of what is refused begin
	 * with.
	 * @return null if they are not right
	 */
	<S> @Nullable S section(String client, String section, Supplier<S> maker) {
		return of(client, () -> section.isEmpty() ? maker.get() : Checks.within(section, maker));
	}

	/**
	 * Does what may be refused.
	 * @return null if it is
	 */
	<S> @Nullable S of(String client, Supplier<S> maker) {
		try {
			return maker.get();
		}
		catch (InvalidSettingException ex) {
			add(this.problems.refused(client, ex));
		}
		catch (ScalesConfigurationException ex) {
			add(ex);
		}
		return null;
	}

	void throwAny() {
		if (!this.found.isEmpty()) {
			throw ScalesConfigurationException.of(this.found);
		}
	}

}
