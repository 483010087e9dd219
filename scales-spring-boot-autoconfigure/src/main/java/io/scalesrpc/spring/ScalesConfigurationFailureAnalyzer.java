package io.scalesrpc.spring;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Tells whoever starts the application which property is wrong, where it stands, why, and
 * what to do. <em>Thread-safe</em>.
 */
final class ScalesConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<ScalesConfigurationException> {

	/** Slips of the pen included. */
	private static final Pattern SECRET = Pattern.compile(".*(pas+w|pwd|secret|jaas).*");

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ScalesConfigurationException cause) {
		String text = description("The Scales " + cause.subject() + " could not be made:", cause.setting(),
				cause.reason());
		return new FailureAnalysis(text, cause.remedy(), cause);
	}

	static String description(String headline, @Nullable ConfiguredSetting setting, String reason) {
		StringBuilder text = new StringBuilder(headline).append('\n');
		if (setting != null) {
			text.append("\n    Property: ").append(setting.property());
			text.append("\n    Value: \"").append(shown(setting)).append('"');
			if (setting.origin() != null) {
				text.append("\n    Origin: ").append(setting.origin());
			}
		}
		return text.append("\n    Reason: ").append(reason.replace("\n", "\n    ")).toString();
	}

	/** Logs are read by more people than may know secrets. */
	private static String shown(ConfiguredSetting setting) {
		String name = setting.property().substring(setting.property().lastIndexOf('.') + 1);
		if (SECRET.matcher(name).matches()) {
			return "******";
		}
		return name.equals("uri") ? setting.value().replaceFirst("//[^/]*@", "//******@") : setting.value();
	}

}
