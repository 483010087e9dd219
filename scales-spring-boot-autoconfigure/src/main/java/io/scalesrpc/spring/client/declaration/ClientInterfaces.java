package io.scalesrpc.spring.client.declaration;

import java.util.List;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * The client interfaces of an application, for protocols that must know the methods of
 * all of them. <em>Immutable</em>.
 *
 * @param beans the clients
 */
public record ClientInterfaces(ConfigurableListableBeanFactory beans) {

	/**
	 * Every interface, with clients of any protocol. Makes no bean.
	 * @return the interfaces in the order of their beans
	 */
	public List<Class<?>> types() {
		return ClientDeclaration.all(this.beans).values().stream().<Class<?>>map(ClientDeclaration::type).toList();
	}

}
