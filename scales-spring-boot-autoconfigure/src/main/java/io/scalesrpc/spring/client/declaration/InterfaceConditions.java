package io.scalesrpc.spring.client.declaration;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

/**
 * Whether the conditions on an interface hold, {@code @Profile} among them. What is
 * scanned for would be asked for them by Spring; interfaces that are named are asked
 * here. <em>Confined to the thread that starts the application</em>.
 */
public final class InterfaceConditions extends ClassPathScanningCandidateComponentProvider {

	private final BeanDefinitionRegistry registry;

	/**
	 * Creates the conditions of a context.
	 * @param registry the beans that conditions may be about
	 */
	public InterfaceConditions(BeanDefinitionRegistry registry, Environment environment,
			ResourceLoader resourceLoader) {
		super(false, environment);
		this.registry = registry;
		setResourceLoader(resourceLoader);
		addIncludeFilter((reader, factory) -> true);
	}

	/** A class that has no file has no conditions that could be read. */
	public boolean hold(Class<?> type) {
		// To read the file of each interface would take longer than all the rest.
		if (!MergedAnnotations.from(type).isPresent(Conditional.class)) {
			return true;
		}
		try {
			return isCandidateComponent(getMetadataReaderFactory().getMetadataReader(type.getName()));
		}
		catch (FileNotFoundException ex) {
			return true;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	protected BeanDefinitionRegistry getRegistry() {
		return this.registry;
	}

}
