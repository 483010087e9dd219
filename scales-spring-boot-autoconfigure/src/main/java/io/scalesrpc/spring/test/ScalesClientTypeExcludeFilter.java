package io.scalesrpc.spring.test;

import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;

/**
 * Leaves the components of the application out. <em>Immutable</em>.
 */
final class ScalesClientTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<ScalesClientTest> {

	ScalesClientTypeExcludeFilter(Class<?> test) {
		super(test);
	}

}
