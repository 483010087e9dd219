package io.scalesrpc.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Has a real server stand behind a client in a test, and the field decide what it
 * answers. The address of the server is the client's by itself, whatever its {@code uri}
 * says, as are its protocol and encoding.
 * <p>
 * A field of a generated {@code Iface} that is {@code null} is given a Mockito mock; one
 * that has a value, also an injected one, keeps it. A field of type
 * {@link ScriptedServer} is given the server of the client's stub, so that a test can
 * have it fail; with a field of type {@link com.sun.net.httpserver.HttpHandler} the
 * server speaks HTTP. Mocks and scripts are reset after each test. <pre class="code">
 * &#64;SpringBootTest
 * class PriceTests {
 *     &#64;ScalesStub("pricing") Pricing.Iface pricing;
 *     &#64;ScalesStub("pricing") ScriptedServer server;
 * }
 * </pre>
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
public @interface ScalesStub {

	/**
	 * The name of the client, as in {@code scales.clients.<name>}.
	 * @return the name
	 */
	String value();

}
