package io.scalesrpc.spring.test;

import io.scalesrpc.spring.test.shop.CalculatorClient;
import io.scalesrpc.spring.test.shop.PriceService;
import io.scalesrpc.spring.test.shop.ShopApplication;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

/**
 * Without any server.
 */
@ContextConfiguration(classes = ShopApplication.class)
@SpringBootTest(properties = { "spring.cloud.zookeeper.enabled=false", "scales.clients.users.uri=http://localhost:1",
		"scales.clients.users.protocol=http" })
class FirstTests {

	@MockitoBean
	CalculatorClient calculator;

	@Autowired
	PriceService prices;

	@Test
	void aMockAnswers() throws Exception {
		given(this.calculator.divide(84, 2)).willReturn(42);
		assertThat(this.prices.perPiece(84, 2)).isEqualTo("42 each");
	}

}
