package io.scalesrpc.demo.start;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says what to do when the port of the page is taken. <em>Stateless</em>.
 */
final class PortTakenFailureAnalyzer extends AbstractFailureAnalyzer<PortTakenException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, PortTakenException cause) {
		int next = cause.port() + 1;
		return new FailureAnalysis("Port " + cause.port() + " is taken, perhaps by another run of the demo.", """
				Stop what uses it, or take another port; all other ports move out of the way by themselves:

				    mvn -q -pl demo-app -am spring-boot:run -Dspring-boot.run.arguments=--server.port=%d

				With java -jar, --server.port stands behind the jar.
				""".formatted(next), cause);
	}

}
