package io.scalesrpc.thrift.idl;

import java.util.List;
import java.util.Map;

import io.scalesrpc.thrift.idl.IdlReader.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What is read of IDLs, and what is refused. */
class IdlReaderTests {

	private static Map<String, AnnotatedMethod> methods(String text) {
		List<Service> services = IdlReader.read("shop.thrift", text);
		assertThat(services).hasSize(1);
		return services.get(0).methods();
	}

	private static AnnotatedMethod method(String text) {
		return methods("service Shop { " + text + " }").values().iterator().next();
	}

	@Test
	void whatIsSaidOfAMethodComesBeforeWhatIsSaidOfItsService() {
		Map<String, AnnotatedMethod> methods = methods("""
				service Shop {
				  i32 price(1: string sku) throws (1: Unknown e) (scales.idempotent = "true", scales.timeout = "30ms"),
				  void order(1: Order order) (scales.idempotent = "false"; other = "x");
				  oneway void seen()
				} (scales.timeout = "2s", scales.idempotent)
				""");
		assertThat(methods).containsEntry("price", new AnnotatedMethod(true, "30ms", null))
			.containsEntry("order", new AnnotatedMethod(false, "2s", null))
			.containsEntry("seen", new AnnotatedMethod(true, "2s", null));
	}

	@Test
	void theServiceIsNamedAsItsClass() {
		assertThat(IdlReader.read("a.thrift", """
				namespace * com.acme.any
				namespace java com.acme.shop (note = "x")
				service Shop { } service Stock extends base.Goods { void count() }
				""")).extracting(Service::name).containsExactly("com.acme.shop.Shop", "com.acme.shop.Stock");
		assertThat(IdlReader.read("a.thrift", "namespace * com.acme\nnamespace py x.y\nservice Shop {}"))
			.extracting(Service::name)
			.containsExactly("com.acme.Shop");
		assertThat(IdlReader.read("a.thrift", "java_package com.acme\nservice Shop {}")).extracting(Service::name)
			.containsExactly("com.acme.Shop");
		assertThat(IdlReader.read("a.thrift", "service Shop {}")).extracting(Service::name).containsExactly("Shop");
	}

	@Test
	void whatOnlyLooksLikeAServiceIsNone() {
		assertThat(methods("""
				// service A { void a() (scales.timeout = "1s") }
				# service B { void b() (scales.nonsense) }
				/* service C {
				   void c() (scales.timeout = "soon") */
				const map<string, string> TEXTS = { "service D {": 'it\\'s (scales.timeout = "2s")' }
				struct Order { 1: map<string, list<i32>> lines = {"}": [1]} (go.tag = "x") } (a.b = "c")
				service Shop {
				  /** Prices. */
				  map<i32, list<string (cpp.type = "x")>> (a = "b") prices(1: list<i32> ids = [1, 2] (c = "d"),
				      2: string text = ") (") throws (1: E e) // (scales.timeout = "9s")
				      (scales.timeout = "1s")
				  list<i32> ids()
				}
				""")).containsExactly(Map.entry("prices", new AnnotatedMethod(null, "1s", null)),
				Map.entry("ids", AnnotatedMethod.NONE));
	}

	@Test
	void bothBecomeSettings() {
		AnnotatedMethod method = method("void a() (scales.idempotent = \"true\", scales.timeout = \"2m\")");
		assertThat(method.options()).hasToString("{timeout=PT2M, idempotent=true}");
		assertThat(method("void a()").options().isEmpty()).isTrue();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			1: string user (scales.routing_key)                                                      | user
			1: string user (scales.routing-key = "true")                                             | user
			1: i32 a, 2: required string user (a = "b", scales.routing_key)                          | user
			1: i32 a = 3, string user = DEFAULT (scales.routing_key = "true"); 3: i32 b              | user
			1: list<string> a = [X, Y], 2: map<i32, string> b = {C: D, E: F}, 3: string user (scales.routing_key) | user
			1: string (cpp.type = "x") user (scales.routing_key), 2: i32 b (c = "d")                 | user
			1: string user (scales.routing_key = "false")                                            |
			1: string user (c = "d")                                                                 |
			""")
	void aParameterIsTheRoutingKey(String parameters, String key) {
		assertThat(method("void a(" + parameters + ") (scales.idempotent)"))
			.isEqualTo(new AnnotatedMethod(true, null, key));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					scales.timeout = "30"          | scales.timeout (expected: a number with its unit, us, ms, s, m or h, such as 30ms, not 30)
					scales.timeout = "0ms"         | scales.timeout (expected: above 0 and at most a day, not 0ms)
					scales.idempotent = "yes"      | scales.idempotent (expected: true or false, not yes)
					scales.routing_key             | scales.routing_key (expected: behind a parameter of a method)
					scales.sticky                  | scales.sticky (expected: scales.idempotent or scales.timeout)
					scales.timeout = 30            | 30 (expected: a text in quotes)
					scales.timeout = "1s           | the end (expected: the end of the text in quotes)
					""")
	void whatIsNotRightIsRefusedWithItsLine(String annotation, String text) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> IdlReader.read("shop.thrift", "service Shop {\n  void a() (" + annotation + ")\n}"))
			.withMessage("shop.thrift:2: " + text);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					service S { void a(1: i32 x (scales.timeout = "1s")) }    | scales.timeout (expected: behind a method or a service)
					struct S { 1: i32 x (scales.routing_key) }                | scales.routing_key (expected: behind a parameter of a method)
					service S { void a(1: i32 x (scales.routing_key), 2: i32 y (scales.routing_key)) } | scales.routing_key (expected: behind one parameter of a method)
					service S { void a(1: i32 x (scales.routing_key = "no")) } | scales.routing_key (expected: true or false, not no)
					struct S { 1: i32 x } (scales.idempotent)                 | scales.idempotent (expected: behind a method or a service)
					service S { void a()                                      | the end (expected: a name)
					service S { void a(                                       | the end (expected: more)
					service S ( void a() )                                    | ( (expected: '{')
					/* service                                                | the end (expected: the end of the comment)
					""")
	void whatHasNoEffectOrNoEndIsRefused(String idl, String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> IdlReader.read("shop.thrift", idl))
			.withMessage("shop.thrift:1: " + text);
	}

}
