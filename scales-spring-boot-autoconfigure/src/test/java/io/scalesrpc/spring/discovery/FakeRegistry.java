package io.scalesrpc.spring.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;

/**
 * A registry that answers what a test says. <em>Confined to the test's thread</em>.
 */
final class FakeRegistry implements DiscoveryClient {

	final List<ServiceInstance> instances = new ArrayList<>();

	final List<String> asked = new ArrayList<>();

	@Nullable RuntimeException failure;

	@Override
	public String description() {
		return "fake";
	}

	@Override
	public List<ServiceInstance> getInstances(String serviceId) {
		this.asked.add(serviceId);
		if (this.failure != null) {
			throw this.failure;
		}
		return List.copyOf(this.instances);
	}

	@Override
	public List<String> getServices() {
		return List.of();
	}

	FakeRegistry knows(ServiceInstance... known) {
		this.instances.clear();
		this.instances.addAll(List.of(known));
		return this;
	}

	static ServiceInstance instance(String host, int port, Map<String, String> metadata) {
		return new DefaultServiceInstance(host + "-" + port, "pricing", host, port, false, metadata);
	}

	static ServiceInstance instance(String host) {
		return instance(host, 9090, Map.of());
	}

}
