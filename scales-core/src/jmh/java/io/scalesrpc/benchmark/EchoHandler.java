package io.scalesrpc.benchmark;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

import io.scalesrpc.test.peer.PeerService;

/** Answers the peer service's echo, and nothing else of it. <em>Stateless</em>. */
final class EchoHandler implements InvocationHandler {

	PeerService.Iface proxy() {
		return (PeerService.Iface) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { PeerService.Iface.class }, this);
	}

	@Override
	public Object invoke(Object proxy, Method method, Object[] arguments) {
		if (method.getName().equals("echo")) {
			return arguments[0];
		}
		throw new UnsupportedOperationException(method.getName());
	}

}
