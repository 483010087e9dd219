package io.scalesrpc.spring.test;

import java.time.Duration;

import io.scalesrpc.call.ConnectionLostException;
import io.scalesrpc.call.NotSentException;
import io.scalesrpc.call.RemoteCallException;
import io.scalesrpc.spring.test.shop.CalculatorClient;
import io.scalesrpc.spring.test.shop.PriceService;
import io.scalesrpc.spring.test.shop.ShopApplication;
import io.scalesrpc.test.calculator.Calculator;
import io.scalesrpc.test.calculator.DivisionByZero;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

/**
 * A mock behind a real server.
 */
@ContextConfiguration(classes = ShopApplication.class)
@ScalesClientTest(properties = { "scales.clients.calculator.timeout=1s", "scales.clients.users.protocol=http",
		"scales.clients.users.uri=http://localhost:1" })
@Import(PriceService.class)
class StubTests {

	@ScalesStub("calculator")
	Calculator.Iface calculator;

	@ScalesStub("calculator")
	ScriptedServer server;

	@Autowired
	PriceService prices;

	@Autowired
	CalculatorClient client;

	@Test
	void theStubAnswersOverTheWire() throws Exception {
		given(this.calculator.divide(84, 2)).willReturn(42);
		assertThat(this.prices.perPiece(84, 2)).isEqualTo("42 each");
		verify(this.calculator).divide(84, 2);
	}

	@Test
	void theStubThrowsWhatTheIdlDeclares() throws Exception {
		given(this.calculator.divide(84, 0)).willThrow(new DivisionByZero());
		assertThat(this.prices.perPiece(84, 0)).isEqualTo("sold out");
	}

	@Test
	void anAnswerThatComesTooLate() throws Exception {
		given(this.calculator.divide(84, 2)).willReturn(42);
		this.server.next(Act.late(Duration.ofSeconds(2)));
		assertThat(this.prices.perPiece(84, 2)).isEqualTo("ask again");
		verify(this.calculator).divide(84, 2);
		assertThat(this.prices.perPiece(84, 2)).isEqualTo("42 each");
	}

	@Test
	void aRefusedCallIsSentAgain() throws Exception {
		given(this.calculator.divide(84, 2)).willReturn(42);
		this.server.next(Act.NACK, Act.NACK);
		assertThat(this.prices.perPiece(84, 2)).isEqualTo("42 each");
		assertThat(this.server.requests()).isEqualTo(3);
	}

	@Test
	void aServerThatHangsUp() {
		this.server.next(Act.DROP);
		assertThatExceptionOfType(ConnectionLostException.class).isThrownBy(() -> this.client.divide(84, 2));
	}

	@Test
	void whatOneTestSaysTheNextDoesNotKnow() throws Exception {
		assertThat(this.client.divide(84, 2)).isZero();
		assertThat(this.server.requests()).isEqualTo(1);
	}

	@Test
	void nothingButClientsIsThere(@Autowired ApplicationContext context) {
		assertThat(context.getBeanNamesForType(ShopApplication.class)).hasSize(1);
		assertThat(context.getBeanNamesForType(CalculatorClient.class)).hasSize(1);
		assertThat(context.containsBean("requestMappingHandlerMapping")).isFalse();
		assertThat(context.containsBean("kafkaTemplate")).isFalse();
	}

	@Test
	void aServerThatSaysThatItFailed() {
		this.server.always(Act.error("no disk"));
		assertThatExceptionOfType(RemoteCallException.class).isThrownBy(() -> this.client.divide(84, 2))
			.withMessageContaining("no disk");
		this.server.always(Act.NACK);
		assertThatExceptionOfType(NotSentException.class).isThrownBy(() -> this.client.divide(84, 2));
		verifyNoInteractions(this.calculator);
	}

	@Nested
	class Inside {

		@Test
		void theStubIsThatOfTheClassAround() throws Exception {
			given(StubTests.this.calculator.divide(84, 2)).willReturn(7);
			assertThat(StubTests.this.client.divide(84, 2)).isEqualTo(7);
		}

	}

}
