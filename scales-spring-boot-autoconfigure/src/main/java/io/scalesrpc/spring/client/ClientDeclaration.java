package io.scalesrpc.spring.client;

import org.jspecify.annotations.Nullable;

/**
 * An interface that stands for a client. <em>Immutable</em>.
 *
 * @param client the client's name
 * @param type the interface
 * @param service the generated class of the service, if the interface's annotation names
 * it
 * @param <T> the interface
 */
record ClientDeclaration<T>(String client, Class<T> type, @Nullable Class<?> service) {

	/**
	 * How well this one tells what the whole service is: the first proxy of a client
	 * decides which methods a timeout can be set for.
	 */
	int breadth() {
		boolean tellsService = this.service != null || GeneratedService.of(this.type) != null;
		return this.type.getMethods().length + (tellsService ? 1000 : 0);
	}

}
