package io.scalesrpc.spring.test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import com.sun.net.httpserver.HttpHandler;
import io.scalesrpc.call.ScalesException;
import io.scalesrpc.spring.server.FixedArithmetic;
import io.scalesrpc.spring.test.shop.CalculatorClient;
import io.scalesrpc.spring.test.shop.ShopApplication;
import io.scalesrpc.spring.test.shop.UserClient;
import io.scalesrpc.test.calculator.Calculator;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Beans and values behind servers of framed Thrift and HTTP.
 */
@ContextConfiguration(classes = ShopApplication.class)
@ScalesClientTest(properties = { "scales.clients.calculator.protocol=thrift", "scales.defaults.encoding=compact",
		"scales.clients.users.protocol=http", "scales.defaults.timeout=5s" })
@ImportAutoConfiguration(HttpMessageConvertersAutoConfiguration.class)
@Import(FixedArithmetic.class)
class StubKindsTests {

	@Autowired
	@ScalesStub("calculator")
	FixedArithmetic arithmetic;

	@ScalesStub("calculator")
	ScriptedServer thrift;

	@ScalesStub("users")
	HttpHandler users = (exchange) -> {
		byte[] body = ("user of " + exchange.getRequestURI()).getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(200, body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
	};

	@ScalesStub("users")
	ScriptedServer http;

	@Autowired
	CalculatorClient client;

	@Autowired
	UserClient userClient;

	@Test
	void aBeanAnswers() throws Exception {
		assertThat(this.client.divide(84, 2)).isEqualTo(42);
		assertThat(this.thrift.requests()).isEqualTo(1);
	}

	@Test
	void aFunctionAnswersHttp() {
		assertThat(this.userClient.name(7)).isEqualTo("user of /users/7");
		this.http.next(Act.NACK, Act.delay(Duration.ofMillis(10)));
		assertThat(this.userClient.name(8)).isEqualTo("user of /users/8");
		assertThat(this.http.requests()).isEqualTo(3);
	}

	@Test
	void garbageIsNoAnswer() throws Exception {
		this.thrift.next(Act.GARBAGE);
		assertThatExceptionOfType(ScalesException.class).isThrownBy(() -> this.client.divide(84, 2));
		assertThat(this.client.divide(84, 2)).isEqualTo(42);
		this.http.always(Act.GARBAGE);
		assertThatExceptionOfType(ScalesException.class).isThrownBy(() -> this.userClient.name(7));
	}

	@Test
	void whatPlainThriftCannotSayIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.thrift.next(Act.NACK))
			.withMessage("act: NACK (expected: one that plain Thrift can say)");
		assertThatIllegalArgumentException().isThrownBy(() -> this.thrift.always(Act.error("x")));
	}

	@Test
	void fieldsThatCannotBeAreRefused() {
		assertThatIllegalStateException().isThrownBy(() -> StubFields.types(Alone.class))
			.withMessageContaining("a ScriptedServer alone");
		assertThatIllegalStateException().isThrownBy(() -> StubFields.types(Twice.class))
			.withMessageContaining("on two fields");
	}

	static class Alone {

		@ScalesStub("x")
		ScriptedServer server;

	}

	static class Twice {

		@ScalesStub("x")
		Calculator.Iface one;

		@ScalesStub("x")
		Calculator.Iface two;

	}

}
