package io.scalesrpc.spring.client.declaration;

import java.util.List;

import io.scalesrpc.client.ScalesClient;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.analyzer.AbstractInjectionFailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;

/**
 * Says why there is no bean of an interface that is annotated as a client: it was not
 * searched where it is. Comes before Spring Boot's own, which knows nothing of that.
 * <em>Confined to the thread that starts the application</em>.
 */
public final class MissingClientFailureAnalyzer extends AbstractInjectionFailureAnalyzer<NoSuchBeanDefinitionException>
		implements Ordered {

	private final BeanFactory beans;

	public MissingClientFailureAnalyzer(BeanFactory beans) {
		this.beans = beans;
	}

	@Override
	public int getOrder() {
		return -1;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause,
			@Nullable String description) {
		Class<?> type = cause.getBeanType();
		if (type == null || cause instanceof NoUniqueBeanDefinitionException) {
			return null;
		}
		MergedAnnotation<ScalesClient> annotation = MergedAnnotations.from(type).get(ScalesClient.class);
		if (!annotation.isPresent()) {
			return null;
		}
		return new FailureAnalysis(
				((description != null) ? description : "Something") + " required a bean of type '" + type.getName()
						+ "', which is an interface of client '" + annotation.getString("value")
						+ "', but it is no bean: it is not where clients are searched for, which is " + searched()
						+ ", or a condition on it does not hold, such as @Profile.",
				"Name its package with @EnableScalesClients(basePackageClasses = " + type.getSimpleName()
						+ ".class), or the interface alone with @EnableScalesClients(clients = " + type.getSimpleName()
						+ ".class), beside those that are searched now. In the test of a slice, such as @WebMvcTest,"
						+ " replace it by @MockitoBean.",
				cause);
	}

	private String searched() {
		if (this.beans.containsBean(ExplicitScan.class.getName())) {
			return "where @EnableScalesClients says";
		}
		List<String> packages = AutoConfigurationPackages.has(this.beans) ? AutoConfigurationPackages.get(this.beans)
				: List.of();
		return packages.isEmpty() ? "nowhere" : "the application's own packages, " + String.join(", ", packages);
	}

}
