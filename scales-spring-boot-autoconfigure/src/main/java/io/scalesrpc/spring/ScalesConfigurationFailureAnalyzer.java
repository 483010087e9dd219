package io.scalesrpc.spring;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Tells whoever starts the application which property is wrong, where it stands, why, and
 * what to do. <em>Thread-safe</em>.
 */
final class ScalesConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<ScalesConfigurationException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ScalesConfigurationException cause) {
		List<ScalesConfigurationException> all = cause.each();
		String text = all.stream().map(ScalesConfigurationFailureAnalyzer::text).collect(Collectors.joining("\n\n"));
		String action = all.stream()
			.map(ScalesConfigurationException::remedy)
			.distinct()
			.collect(Collectors.joining("\n"));
		return new FailureAnalysis(text, action, cause);
	}

	static String text(ScalesConfigurationException problem) {
		String headline = problem.isOfNoClient() ? "An interface of a Scales client is not right:"
				: "The Scales " + problem.subject() + " could not be made:";
		return description(headline, problem.setting(), problem.reason());
	}

	static String description(String headline, @Nullable ConfiguredSetting setting, String reason) {
		StringBuilder text = new StringBuilder(headline).append('\n');
		if (setting != null) {
			text.append("\n    Property: ").append(setting.property());
			text.append("\n    Value: \"").append(setting.shown()).append('"');
			if (setting.origin() != null) {
				text.append("\n    Origin: ").append(setting.origin());
			}
		}
		return text.append("\n    Reason: ").append(reason.replace("\n", "\n    ")).toString();
	}

}
