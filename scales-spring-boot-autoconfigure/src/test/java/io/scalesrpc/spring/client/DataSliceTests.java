package io.scalesrpc.spring.client;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.scalesrpc.spring.client.sliced.Orders;
import io.scalesrpc.spring.client.sliced.SlicedApplication;
import io.scalesrpc.spring.client.sliced.Till;
import io.scalesrpc.spring.client.sliced.TillClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTestContextBootstrapper;
import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.ApplicationContext;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.stereotype.Repository;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.junit.jupiter.SpringExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A slice as those of Spring Boot are made ({@code @DataJpaTest}, for one): no
 * auto-configuration but its own, and of the application's beans only its own kind. The
 * application says {@code @EnableScalesClients}, and no client is configured.
 */
@DataSliceTests.RepositoryTest
@ContextConfiguration(classes = SlicedApplication.class)
class DataSliceTests {

	@Autowired
	private ApplicationContext context;

	@Test
	void aSliceWithoutClientsStartsInAnApplicationThatEnablesThem() {
		assertThat(this.context.getBean(Orders.class).count()).isZero();
		assertThat(this.context.getBeansOfType(Till.class)).isEmpty();
		assertThat(this.context.getBeansOfType(ScalesClientRegistry.class)).isEmpty();
		assertThat(this.context.getBeanNamesForType(TillClient.class, true, false)).hasSize(1);
	}

	/** The annotation of a slice. */
	@Target(ElementType.TYPE)
	@Retention(RetentionPolicy.RUNTIME)
	@BootstrapWith(SpringBootTestContextBootstrapper.class)
	@ExtendWith(SpringExtension.class)
	@OverrideAutoConfiguration(enabled = false)
	@TypeExcludeFilters(RepositoriesOnly.class)
	@interface RepositoryTest {

	}

	/** Leaves out what the slice is not about. */
	static final class RepositoriesOnly extends StandardAnnotationCustomizableTypeExcludeFilter<RepositoryTest> {

		RepositoriesOnly(Class<?> test) {
			super(test);
		}

		@Override
		protected boolean isUseDefaultFilters() {
			return true;
		}

		@Override
		protected boolean defaultInclude(MetadataReader reader, MetadataReaderFactory factory) {
			return reader.getAnnotationMetadata().hasAnnotation(Repository.class.getName());
		}

	}

}
