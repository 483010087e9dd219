package io.scalesrpc.spring.client;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says which clients a {@link io.scalesrpc.call.CallFilter} bean is for; on its class or
 * on the method that makes it. A filter without it is a stage of every client, and what
 * it adds to calls, a token, goes to the servers of all of them.
 *
 * <pre>{@code
 * &#64;Bean
 * &#64;ScalesClientFilter("users")
 * CallFilter usersToken(Tokens tokens) {
 *     return BearerTokenFilter.of(tokens::current).refreshedBy(tokens::renew);
 * }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.TYPE, ElementType.METHOD })
public @interface ScalesClientFilter {

	/**
	 * The names of the clients, as in {@code scales.clients.<name>}. One that no client
	 * has stops the start.
	 * @return at least one
	 */
	String[] value();

}
