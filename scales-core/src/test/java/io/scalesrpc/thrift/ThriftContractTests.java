package io.scalesrpc.thrift;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

import io.scalesrpc.call.CallOptions;
import io.scalesrpc.test.calculator.Calculator;
import io.scalesrpc.test.calculator.Operation;
import io.scalesrpc.test.peer.PeerBase;
import io.scalesrpc.test.peer.PeerService;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ThriftContractTests {

	@Test
	void aGeneratedInterfaceBindsEveryMethodWithThoseItInherits() {
		assertThat(names(ThriftContract.bind(PeerService.Iface.class, null)))
			.containsOnlyKeys("ping", "echo", "echoBytes", "add", "sleep", "fail", "failUndeclared", "nothing", "fire",
					"big", "whoami", "contexts")
			.allSatisfy((java, thrift) -> assertThat(thrift).isEqualTo(java));
	}

	@Test
	void anInterfaceMayExtendTheGeneratedOneAndAddFutures() {
		Map<String, String> names = names(ThriftContract.bind(Extended.class, null));
		assertThat(names).containsEntry("divide", "divide")
			.containsEntry("divideAsync", "divide")
			.containsEntry("fetch", "fetch")
			.containsEntry("fetchAsync", "fetchAsync")
			.doesNotContainKeys("half", "twice");
	}

	@Test
	void aFreeFormInterfaceChoosesMethodsAndStyles() {
		Map<String, String> names = names(ThriftContract.bind(FreeForm.class, Calculator.class));
		assertThat(names).isEqualTo(Map.of("divide", "divide", "joinAsync", "join", "numbers", "numbers", "ping",
				"ping", "storeValue", "store_value", "truth", "truth", "operation", "operation"));
	}

	@Test
	void typesOfGenericParentsAreResolved() {
		assertThat(names(ThriftContract.bind(Inherited.class, Calculator.class))).isEqualTo(Map.of("divide", "divide"));
		assertThat(names(ThriftContract.bind(Redeclared.class, Calculator.class)))
			.isEqualTo(Map.of("divide", "divide"));
		assertThat(names(ThriftContract.bind(InFutures.class, Calculator.class)))
			.isEqualTo(Map.of("divideAsync", "divide"));
	}

	@Test
	void aFutureThatHidesBehindAVariableDoesNotFit() {
		assertThatIllegalArgumentException().isThrownBy(() -> ThriftContract.bind(Hiding.class, Calculator.class))
			.withMessageContaining("divide(int, int): returns T (expected: int, or a CompletableFuture");
	}

	@Test
	void theServiceMayBeGivenInAnyOfItsClasses() {
		for (Class<?> service : List.of(PeerService.class, PeerService.Iface.class, PeerService.Client.class,
				PeerService.Processor.class, EchoPeer.class)) {
			assertThat(names(ThriftContract.bind(Ping.class, service))).isEqualTo(Map.of("ping", "ping"));
		}
	}

	@Test
	void aMethodOfTwoParentsIsNoOverload() {
		assertThat(names(ThriftContract.bind(TwoParents.class, PeerBase.class))).isEqualTo(Map.of("ping", "ping"));
	}

	@Test
	void optionsOfCallsAreNoParametersOfTheService() {
		assertThat(ThriftContract.bind(WithOptions.class, null).keySet())
			.filteredOn((method) -> method.getName().startsWith("divide"))
			.hasSize(3);
	}

	@Test
	void everyMisfitIsListedWithItsRemedy() {
		assertThatIllegalArgumentException().isThrownBy(() -> ThriftContract.bind(Misfits.class, Calculator.class))
			.satisfies((ex) -> assertThat(ex.getMessage().lines().skip(1)).containsExactlyInAnyOrder(
					"  - dvide(int, int): no such method in the service (expected: perhaps divide)",
					"  - divide(String, int): parameters (String, int) (expected: (int, int))",
					"  - divide(String, int): returns String (expected: int, or a CompletableFuture,"
							+ " CompletionStage or Mono of Integer)",
					"  - numbers(List<String>, int): parameters (List<String>, int)" + " (expected: (List<Long>, int))",
					"  - ping(): overloaded (expected: one method of a name; Thrift has no overloads)",
					"  - ping(int): overloaded (expected: one method of a name; Thrift has no overloads)",
					"  - truthAsync(boolean): returns CompletableFuture<String> (expected: boolean, or a"
							+ " CompletableFuture, CompletionStage or Mono of Boolean)",
					"  - unheardOf(): no such method in the service (expected: any of divide, everything, fetch,"
							+ " fetchAsync, forget, identity, join, node, numbers, operation, ping, store_value, truth)"))
			.withMessageStartingWith(Misfits.class.getName()
					+ " does not fit the Thrift service io.scalesrpc.test.calculator.Calculator:\n");
	}

	@Test
	void aClassIsNoContract() {
		assertThatIllegalArgumentException().isThrownBy(() -> ThriftContract.bind(EchoPeer.class, null))
			.withMessage("io.scalesrpc.thrift.EchoPeer: a class (expected: an interface)");
	}

	@Test
	void aServiceMustBeGeneratedAndOne() {
		assertThatIllegalArgumentException().isThrownBy(() -> ThriftContract.bind(FreeForm.class, null))
			.withMessageContaining("FreeForm: not a Thrift service")
			.withMessageEndingWith("or the service named beside a free-form one)");
		assertThatIllegalArgumentException().isThrownBy(() -> ThriftContract.bind(FreeForm.class, String.class))
			.withMessageStartingWith("java.lang.String: not a Thrift service")
			.withMessageContaining("expected: the class that a Thrift compiler generated")
			.withMessageNotContaining("free-form");
		assertThatIllegalArgumentException().isThrownBy(() -> ThriftContract.bind(Both.class, null))
			.withMessageContaining("extends several Thrift services")
			.withMessageContaining("PeerService")
			.withMessageContaining("Calculator")
			.withMessageEndingWith("(expected: one; split the interface)");
	}

	private static Map<String, String> names(Map<Method, ThriftMethod> bound) {
		return bound.entrySet()
			.stream()
			.collect(Collectors.toMap((entry) -> entry.getKey().getName(), (entry) -> entry.getValue().name(),
					(first, second) -> second));
	}

	interface Extended extends Calculator.Iface {

		CompletableFuture<Integer> divideAsync(int dividend, int divisor);

		default int half(int value) {
			return value / 2;
		}

		static int twice(int value) {
			return value * 2;
		}

	}

	interface FreeForm {

		Mono<Integer> divide(Integer dividend, int divisor);

		CompletableFuture<String> joinAsync(String first, String second, int third);

		CompletionStage<List<Long>> numbers(List<Long> values, int limit);

		CompletableFuture<Void> ping();

		void storeValue(double value);

		Boolean truth(boolean value);

		Operation operation(Operation value);

		@Override
		boolean equals(Object other);

	}

	interface Generic<T> {

		T divide(int dividend, int divisor);

	}

	@SuppressWarnings("unused")
	interface GenericFutures<A, R> {

		CompletableFuture<R> divideAsync(A dividend, A divisor);

	}

	interface Between<U> extends Generic<U> {

	}

	interface Inherited extends Between<Integer> {

	}

	interface Redeclared extends Generic<Integer> {

		@Override
		Integer divide(int dividend, int divisor);

	}

	interface InFutures extends GenericFutures<Integer, Integer> {

	}

	interface Hiding extends Generic<CompletableFuture<Integer>> {

	}

	@SuppressWarnings("unused")
	interface Ping {

		void ping();

	}

	interface OtherPing {

		void ping();

	}

	interface TwoParents extends Ping, OtherPing {

	}

	interface Both extends PeerService.Iface, Calculator.Iface {

	}

	interface Misfits {

		int dvide(int dividend, int divisor);

		String divide(String dividend, int divisor);

		List<Long> numbers(List<String> values, int limit);

		void ping();

		void ping(int count);

		CompletableFuture<String> truthAsync(boolean value);

		void unheardOf();

	}

	/** Beside the generated methods, those that take options of the call. */
	interface WithOptions extends Calculator.Iface {

		int divide(int a, int b, CallOptions options);

		CompletableFuture<Integer> divideAsync(CallOptions options, int a, int b);

	}

}
