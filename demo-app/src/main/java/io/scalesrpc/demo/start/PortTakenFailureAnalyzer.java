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
		return new FailureAnalysis("Port " + cause.port() + " is taken, perhaps by a demo that runs already.", """
				Stop who has it, or take another one; all other ports make way by themselves:

				    mvn -q -pl demo-app -am spring-boot:run -Dspring-boot.run.arguments=--server.port=%d

				With java -jar, --server.port stands behind the jar.
				""".formatted(next), cause);
	}

}
