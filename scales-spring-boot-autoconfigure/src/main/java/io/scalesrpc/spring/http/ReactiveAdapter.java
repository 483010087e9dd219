package io.scalesrpc.spring.http;

import java.util.function.Function;

import io.scalesrpc.client.ClientHandle;

import org.springframework.web.service.invoker.HttpExchangeAdapter;

/** Carries requests of methods that do not wait. <em>Thread-safe</em>. */
@FunctionalInterface
interface ReactiveAdapter extends Function<ClientHandle<?>, HttpExchangeAdapter> {

}
