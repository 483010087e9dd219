package io.scalesrpc.spring.server;

import java.util.Arrays;
import java.util.concurrent.Executor;

import io.scalesrpc.spring.settings.ServerProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.system.JavaVersion;
import org.springframework.boot.thread.Threading;
import org.springframework.core.env.Environment;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * Chooses where handlers run. <em>Immutable</em>.
 *
 * @param beans has the executor that the application names
 * @param environment knows whether the application has virtual threads
 * @param problems says what is wrong
 */
record ServerExecutors(ListableBeanFactory beans, Environment environment, ServerProblems problems) {

	/** Null for the threads that the server makes itself. */
	@Nullable Executor choose(ServerProperties properties) {
		if (properties.executor() != null) {
			if (properties.virtualThreads() != null) {
				throw this.problems.of("virtual-threads",
						"virtual-threads: " + properties.virtualThreads() + " (expected: none beside executor)",
						"Remove 'scales.server.virtual-threads' or 'scales.server.executor'.", null);
			}
			return named(properties.executor());
		}
		return isVirtual(properties.virtualThreads()) ? virtual() : null;
	}

	private Executor named(String name) {
		if (this.beans.containsBean(name) && this.beans.isTypeMatch(name, Executor.class)) {
			return this.beans.getBean(name, Executor.class);
		}
		throw this.problems.of("executor",
				"executor: " + name + " (expected: the name of one of the executors "
						+ Arrays.asList(this.beans.getBeanNamesForType(Executor.class)) + ")",
				"Correct 'scales.server.executor', or define that bean.", null);
	}

	private boolean isVirtual(@Nullable Boolean wanted) {
		if (!Boolean.TRUE.equals(wanted)) {
			return wanted == null && Threading.VIRTUAL.isActive(this.environment);
		}
		if (JavaVersion.getJavaVersion().isOlderThan(JavaVersion.TWENTY_ONE)) {
			throw this.problems.of("virtual-threads",
					"virtual-threads: true (expected: Java 21 or later, this is " + JavaVersion.getJavaVersion() + ")",
					"Remove 'scales.server.virtual-threads', or run the application on Java 21 or later.", null);
		}
		return true;
	}

	/** Bounded by the calls that the server admits. */
	private static Executor virtual() {
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("scales-server-call-");
		executor.setVirtualThreads(true);
		return executor;
	}

}
