package io.scalesrpc.call;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The parameter of a method of a client interface that decides which member a call goes
 * to, where the balancer is {@code hash}: calls with the same key go to the same member.
 *
 * <pre>{@code
 * User load(@RoutingKey String id, boolean fresh);
 * }</pre>
 *
 * Text, characters, numbers, truth values, constants of enums, UUIDs and bytes can be
 * keys: {@link RoutingHash} says what of them counts. A call whose key is null or empty
 * goes as one of a method without a key. What a caller says by
 * {@link CallOptions#withRoutingKey(String)} comes first. Other balancers do not read it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface RoutingKey {

}
