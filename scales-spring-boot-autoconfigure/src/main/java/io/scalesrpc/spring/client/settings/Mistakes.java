package io.scalesrpc.spring.client.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import io.scalesrpc.call.Checks;
import io.scalesrpc.call.InvalidSettingException;
import io.scalesrpc.spring.ConfiguredSetting;
import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.SettingLocator;
import io.scalesrpc.spring.SettingNames;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * What is wrong with the configuration, all of it: who starts an application wants to
 * correct its mistakes at once. <em>Confined to the thread that makes the client</em>.
 */
public final class Mistakes {

	private final List<ScalesConfigurationException> found = new ArrayList<>();

	private final ClientProblems problems;

	public Mistakes(ClientProblems problems) {
		this.problems = problems;
	}

	public void add(ScalesConfigurationException mistake) {
		if (this.found.stream().noneMatch(mistake::saysTheSameAs)) {
			this.found.add(mistake);
		}
	}

	/**
	 * Takes over what was found of a client as if some properties had not been written.
	 * What is wrong only because they were not is left out.
	 * @param unread their names; those of what is wrong now are added
	 * @return whether there were any to add
	 */
	public boolean addNew(String client, Mistakes others, Set<ConfigurationPropertyName> unread) {
		Set<ConfigurationPropertyName> before = Set.copyOf(unread);
		for (ScalesConfigurationException mistake : others.found) {
			ConfiguredSetting setting = mistake.setting();
			ConfigurationPropertyName name = (setting != null) ? name(setting.property()) : null;
			if (before.isEmpty() || (name != null && !before.contains(name) && !isOf(client, mistake, before))) {
				add(mistake);
			}
			if (name != null) {
				unread.add(name);
			}
		}
		return unread.size() > before.size();
	}

	/**
	 * Whether it is, or may be, only what becomes of those that were not read: something
	 * is unheeded, or one of them is the other half of what does not agree.
	 */
	private static boolean isOf(String client, ScalesConfigurationException mistake,
			Set<ConfigurationPropertyName> unread) {
		if (mistake.isUnheeded()) {
			return true;
		}
		String other = (mistake.getCause() instanceof InvalidSettingException refusal) ? refusal.other() : null;
		if (other == null) {
			return false;
		}
		String property = SettingNames.property(other);
		return unread.contains(name(SettingLocator.property(client, property)))
				|| unread.contains(name("scales.defaults." + property));
	}

	private static ConfigurationPropertyName name(String property) {
		return ConfigurationPropertyName.adapt(property, '.');
	}

	/** All that is wrong, in the order in which it was found. */
	public List<ScalesConfigurationException> all() {
		return List.copyOf(this.found);
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
	public <S> @Nullable S of(String client, Supplier<S> maker) {
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

	public void throwAny() {
		if (!this.found.isEmpty()) {
			throw ScalesConfigurationException.of(this.found);
		}
	}

}
