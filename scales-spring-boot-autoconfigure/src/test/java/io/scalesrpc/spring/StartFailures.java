package io.scalesrpc.spring;

import io.scalesrpc.spring.testing.Contexts;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Starts applications that do not start. <em>Stateless</em>.
 */
final class StartFailures {

	private StartFailures() {
	}

	/** What an application says whose client is the calculator. */
	static FailureAnalysis failure(String... properties) {
		return failure(Contexts.application().withPropertyValues(properties));
	}

	static FailureAnalysis failure(ApplicationContextRunner runner) {
		FailureAnalysis[] analysis = new FailureAnalysis[1];
		Environment[] environment = new Environment[1];
		runner.withInitializer((context) -> environment[0] = context.getEnvironment()).run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis ofBinding = new ScalesBindingFailureAnalyzer(environment[0])
				.analyze(context.getStartupFailure());
			analysis[0] = (ofBinding != null) ? ofBinding
					: new ScalesConfigurationFailureAnalyzer().analyze(context.getStartupFailure());
			assertThat(analysis[0]).as("analysis of %s", context.getStartupFailure()).isNotNull();
		});
		return analysis[0];
	}

}
