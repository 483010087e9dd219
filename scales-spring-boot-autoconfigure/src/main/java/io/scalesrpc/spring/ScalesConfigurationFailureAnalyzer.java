package io.scalesrpc.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Tells whoever starts the application which property is wrong, where it stands, why, and
 * what to do. <em>Thread-safe</em>.
 */
final class ScalesConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<ScalesConfigurationException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ScalesConfigurationException cause) {
		StringBuilder text = new StringBuilder("The Scales client '" + cause.client() + "' could not be made:\n");
		ConfiguredSetting setting = cause.setting();
		if (setting != null) {
			text.append("\n    Property: ").append(setting.property());
			text.append("\n    Value: \"").append(setting.value()).append('"');
			if (setting.origin() != null) {
				text.append("\n    Origin: ").append(setting.origin());
			}
		}
		text.append("\n    Reason: ").append(cause.reason().replace("\n", "\n    "));
		return new FailureAnalysis(text.toString(), cause.remedy(), cause);
	}

}
